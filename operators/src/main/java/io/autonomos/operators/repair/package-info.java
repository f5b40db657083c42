/** Works out how a mapping can read a stream again, and proves it before it is proposed. */
package io.autonomos.operators.repair;
