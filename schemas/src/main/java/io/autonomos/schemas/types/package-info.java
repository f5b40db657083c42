/** Flink type information and serializers of the stream types; none of them falls to Kryo. */
package io.autonomos.schemas.types;
