/** What several commands share: where broker and stores are, files, the registry, texts. */
package io.autonomos.jobs.cli.common;
