/** See the design page. */
package io.autonomos.jobs;
