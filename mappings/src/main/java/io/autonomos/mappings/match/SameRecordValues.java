package io.autonomos.mappings.match;

/**
 * Values of the same record ids, seen before and after the change: the strongest evidence there is,
 * where a source sends records again.
 */
@FunctionalInterface
public interface SameRecordValues {

    /** No record was seen twice. */
    SameRecordValues NONE = (before, after) -> Agreement.NONE;

    /** How often the field of the new schema holds what the field of the old one held. */
    Agreement agreement(String before, String after);

    /**
     * The values of two fields, compared record by record.
     *
     * @param records records that have a value in both
     * @param equal records whose two values are equal
     * @param distinct distinct values among the equal ones: a constant proves little
     */
    record Agreement(int records, int equal, int distinct) {

        /** Nothing was compared. */
        public static final Agreement NONE = new Agreement(0, 0, 0);

        double share() {
            return records == 0 ? Double.NaN : (double) equal / records;
        }
    }
}
