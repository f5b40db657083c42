package io.autonomos.operators.graph;

import io.autonomos.schemas.messages.GraphChange;
import java.util.List;

/** What is kept of one tenant's graph. */
interface GraphMemory {

    /** What is known of a stream, or null. */
    StreamFacts facts(String path) throws Exception;

    void put(StreamFacts facts) throws Exception;

    /** The paths of the streams that share a node. */
    List<String> members(String node) throws Exception;

    void put(String node, List<String> members) throws Exception;

    /** What was said of the declared part of that id, or null. */
    GraphChange declared(String id) throws Exception;

    /** The ids of all declared parts that were said. */
    List<String> declaredIds() throws Exception;

    void putDeclared(GraphChange part) throws Exception;

    void removeDeclared(String id) throws Exception;
}
