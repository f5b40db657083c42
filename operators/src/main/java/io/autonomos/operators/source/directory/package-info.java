/** A folder that files are put into while the job runs, as a source of raw records. */
package io.autonomos.operators.source.directory;
