package io.autonomos.jobs.verify;

import io.autonomos.operators.sink.AgentViews;
import io.autonomos.operators.sink.GraphTable;
import io.autonomos.schemas.model.EntityModel;
import io.autonomos.schemas.model.EntitySchema;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What several stores hold and a verification compares, row by row. */
sealed interface Relation {

    /** The name in reports: that of the entity, the table or the view. */
    String name();

    /** The names of a row's columns behind its id, in the order of {@link RowImage#columns}. */
    List<String> columns();

    /** Whether a question for this entity concerns it. */
    boolean isOf(String entity);

    /** All, in the order of reports. */
    static List<Relation> all() {
        List<Relation> all = new ArrayList<>();
        for (EntitySchema entity : EntityModel.shipped().entities()) {
            all.add(new Rows(entity));
            AgentViews.of(entity.name()).forEach(view -> all.add(new Aggregate(view)));
        }
        Stream.of(GraphTable.values()).map(Graph::new).forEach(all::add);
        return all;
    }

    /** The unified rows of an entity. */
    record Rows(EntitySchema entity) implements Relation {
        @Override
        public String name() {
            return entity.name();
        }

        @Override
        public List<String> columns() {
            return RowImage.names(entity);
        }

        @Override
        public boolean isOf(String other) {
            return entity.name().equals(other);
        }
    }

    /** The nodes or the edges of the tenants' graphs. */
    record Graph(GraphTable table) implements Relation {
        @Override
        public String name() {
            return table.tableName();
        }

        @Override
        public List<String> columns() {
            return table.columns().stream()
                    .skip(GraphTable.KEY)
                    .map(GraphTable.GraphColumn::name)
                    .toList();
        }

        @Override
        public boolean isOf(String entity) {
            return false;
        }
    }

    /** An aggregate of the agents; its groups are the ids. */
    record Aggregate(AgentViews.View view) implements Relation {
        @Override
        public String name() {
            return view.name();
        }

        @Override
        public List<String> columns() {
            return view.figures();
        }

        @Override
        public boolean isOf(String entity) {
            return view.entity().equals(entity);
        }
    }
}
