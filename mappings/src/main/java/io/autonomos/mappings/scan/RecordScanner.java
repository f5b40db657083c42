package io.autonomos.mappings.scan;

import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.Fingerprint;
import java.nio.charset.StandardCharsets;

/**
 * Reads one record in one pass: checks that it is a JSON object (RFC 8259) in valid UTF-8, sums its
 * shape's fingerprint, notes where the values of the mapped paths stand and which members belong to
 * extras.
 *
 * <p>Paths are learned as they are met, so a record of a known shape costs no hashing and no
 * allocation. When too many have been learned, all but the mapped ones are forgotten: records with
 * names of their own cost time, never memory. Not thread safe; one per plan and task.
 */
public final class RecordScanner {

    private static final int MAX_NOTED_NAME = 128;

    private final ScanPlan plan;
    private final ScanLimits limits;
    private final Slots slots;
    private final Extras extras = new Extras();
    private PathNode root;

    private byte[] bytes;
    private int end;
    private int epoch;
    private long objects;
    private int fields;
    private int learned;
    private long high;
    private long low;
    private boolean lineBreaks;
    private String duplicate;

    RecordScanner(ScanPlan plan, ScanLimits limits) {
        this.plan = plan;
        this.limits = limits;
        this.slots = new Slots(plan.slotCount());
        this.root = plan.newRoot();
    }

    /** Where the mapped values of the last record stand. */
    public Slots slots() {
        return slots;
    }

    /** The members of the last record that belong to extras. */
    public Extras extras() {
        return extras;
    }

    /** The high half of the last record's fingerprint. */
    public long fingerprintHigh() {
        return high;
    }

    /** The low half of the last record's fingerprint. */
    public long fingerprintLow() {
        return low;
    }

    /** Whether line breaks stand between the last record's tokens. */
    public boolean hasLineBreaks() {
        return lineBreaks;
    }

    /**
     * A name that occurred twice in one object of the last record, or null. Slots and extras of
     * such a record are not to be used: see {@link DuplicateNames}.
     */
    public String duplicateName() {
        return duplicate;
    }

    /** How many paths are remembered besides the mapped ones. */
    int learnedPaths() {
        return learned;
    }

    /** Reads a record; what it found stands until the next call. */
    public void scan(byte[] record) throws ScanException {
        begin(record);
        try {
            read(record);
        } finally {
            bytes = null;
            if (learned > limits.maxPaths()) {
                root = plan.newRoot();
                learned = 0;
            }
        }
    }

    private void read(byte[] record) throws ScanException {
        if (end > limits.maxBytes()) {
            throw new ScanException(
                    ErrorCode.RECORD_TOO_LARGE,
                    limits.maxBytes(),
                    "the record has " + end + " bytes; the limit is " + limits.maxBytes());
        }
        int at = skipSpace(0);
        if (at == end) {
            throw new ScanException(ErrorCode.VALUE_EMPTY, 0, "the record is empty");
        }
        boolean isObject = record[at] == '{';
        at = isObject ? object(root, at, 1, true) : value(root, at, 1, false);
        at = skipSpace(at);
        if (at < end) {
            throw new ScanException(
                    ErrorCode.JSON_TRAILING, at, "there is more after the end of the value");
        }
        if (!isObject) {
            throw new ScanException(
                    ErrorCode.JSON_NOT_OBJECT, 0, "the record is valid JSON, but not an object");
        }
    }

    private void begin(byte[] record) {
        bytes = record;
        end = record.length;
        epoch++;
        fields = 0;
        high = 0;
        low = 0;
        lineBreaks = false;
        duplicate = null;
        slots.clear();
        extras.clear();
    }

    private int object(PathNode node, int open, int depth, boolean collect) throws ScanException {
        see(node, Fingerprint.OBJECT);
        if (depth > limits.maxDepth()) {
            throw ScanFaults.tooDeep(open, limits);
        }
        long identity = ++objects;
        int at = skipSpace(open + 1);
        if (at < end && bytes[at] == '}') {
            return at + 1;
        }
        PathNode previous = null;
        while (true) {
            int nameStart = at + 1;
            PathNode child = previous == null ? node.first : previous.next;
            if (child != null && JsonBytes.startsWith(bytes, at, end, child.prefix)) {
                at += child.prefix.length;
            } else {
                at = name(at);
                child = resolve(node, previous, nameStart, at - 1);
                at = skipSpace(at);
                if (at >= end || bytes[at] != ':') {
                    throw ScanFaults.expected(at, end, "a colon");
                }
                at++;
            }
            if (++fields > limits.maxFields()) {
                throw new ScanException(
                        ErrorCode.TOO_MANY_FIELDS,
                        nameStart,
                        "more than " + limits.maxFields() + " fields");
            }
            if (child.seenObject == identity) {
                noteDuplicate(child);
            }
            child.seenObject = identity;
            at = member(child, nameStart - 1, skipSpace(at), depth, collect);
            previous = child;
            at = skipSpace(at);
            if (at < end && bytes[at] == ',') {
                at = skipSpace(at + 1);
            } else if (at < end && bytes[at] == '}') {
                return at + 1;
            } else {
                throw ScanFaults.expected(at, end, "a comma or a closing brace");
            }
        }
    }

    /** Reads one member's value and decides whether the member belongs to extras. */
    private int member(PathNode child, int memberStart, int at, int depth, boolean collect)
            throws ScanException {
        if (!collect) {
            return value(child, at, depth, false);
        }
        if (at < end && bytes[at] == '{' && child.role == PathNode.DESCEND) {
            int before = fields;
            extras.open(memberStart, at, child.slot);
            int after = value(child, at, depth, true);
            if (fields == before) {
                extras.closeEmpty(after);
            } else {
                extras.close();
            }
            return after;
        }
        int after = value(child, at, depth, false);
        if (child.role != PathNode.DROP || child.slot >= 0) {
            extras.member(memberStart, after, child.slot);
        }
        return after;
    }

    private int value(PathNode node, int at, int depth, boolean collect) throws ScanException {
        if (at >= end) {
            throw ScanFaults.expected(at, end, "a value");
        }
        int after;
        int type;
        switch (bytes[at]) {
            case '"':
                after = string(at);
                type = Fingerprint.STRING;
                break;
            case '{':
                type = Fingerprint.OBJECT;
                after = object(node, at, depth + 1, collect);
                break;
            case '[':
                type = Fingerprint.ARRAY;
                after = array(node, at, depth + 1);
                break;
            case 't':
                after = literal(at, JsonBytes.TRUE, "true");
                type = Fingerprint.BOOLEAN;
                break;
            case 'f':
                after = literal(at, JsonBytes.FALSE, "false");
                type = Fingerprint.BOOLEAN;
                break;
            case 'n':
                after = literal(at, JsonBytes.NULL, "null");
                type = Fingerprint.NULL;
                break;
            default:
                after = JsonBytes.endOfNumber(bytes, at, end);
                type = Fingerprint.NUMBER;
                if (after < 0) {
                    throw ScanFaults.notAValue(bytes, at, end);
                }
        }
        if (type > Fingerprint.ARRAY) {
            see(node, type);
        }
        if (node.slot >= 0) {
            slots.set(node.slot, at, after, type);
        }
        return after;
    }

    private int array(PathNode node, int open, int depth) throws ScanException {
        see(node, Fingerprint.ARRAY);
        if (depth > limits.maxDepth()) {
            throw ScanFaults.tooDeep(open, limits);
        }
        int at = skipSpace(open + 1);
        if (at < end && bytes[at] == ']') {
            return at + 1;
        }
        if (node.element == null) {
            learned++;
        }
        PathNode element = node.element();
        PathNode[] indexed = node.indexed;
        for (int index = 0; ; index++) {
            PathNode each =
                    index < indexed.length && indexed[index] != null ? indexed[index] : element;
            at = skipSpace(value(each, at, depth, false));
            if (at < end && bytes[at] == ',') {
                at = skipSpace(at + 1);
            } else if (at < end && bytes[at] == ']') {
                return at + 1;
            } else {
                throw ScanFaults.expected(at, end, "a comma or a closing bracket");
            }
        }
    }

    private void see(PathNode node, int type) {
        PathNode shape = node.shape;
        int bit = 1 << type;
        if (shape.seenEpoch != epoch) {
            shape.seenEpoch = epoch;
            shape.seenTypes = bit;
        } else if ((shape.seenTypes & bit) != 0) {
            return;
        } else {
            shape.seenTypes |= bit;
        }
        high += shape.pairs[2 * type];
        low += shape.pairs[2 * type + 1];
    }

    private int name(int at) throws ScanException {
        if (at >= end || bytes[at] != '"') {
            throw ScanFaults.expected(at, end, "a name in quotes");
        }
        return string(at);
    }

    private PathNode resolve(PathNode node, PathNode previous, int from, int to) {
        byte[] name = bytes;
        int nameFrom = from;
        int nameTo = to;
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\\') {
                name = JsonText.unescape(bytes, from, to);
                nameFrom = 0;
                nameTo = name.length;
                break;
            }
        }
        PathNode child = node.find(name, nameFrom, nameTo);
        if (child == null) {
            learned++;
            child = node.child(name, nameFrom, nameTo);
        }
        if (name == bytes) {
            if (previous == null) {
                node.first = child;
            } else {
                previous.next = child;
            }
        }
        return child;
    }

    private void noteDuplicate(PathNode child) {
        String name = new String(child.name, StandardCharsets.UTF_8);
        duplicate =
                name.codePointCount(0, name.length()) <= MAX_NOTED_NAME
                        ? name
                        : name.substring(0, name.offsetByCodePoints(0, MAX_NOTED_NAME));
    }

    private int string(int open) throws ScanException {
        int at = open + 1;
        while (true) {
            at = JsonBytes.endOfPlain(bytes, at, end);
            if (at >= end) {
                throw ScanFaults.truncated(end, "inside a string");
            }
            byte b = bytes[at];
            if (b == '"') {
                return at + 1;
            }
            if (b == '\\') {
                int after = JsonBytes.endOfEscape(bytes, at, end);
                if (after < 0) {
                    throw ScanFaults.escape(bytes, at, end);
                }
                at = after;
            } else if (b >= 0) {
                throw new ScanException(
                        ErrorCode.JSON_SYNTAX, at, "a control character stands inside a string");
            } else {
                int after = JsonBytes.endOfUtf8(bytes, at, end);
                if (after < 0) {
                    throw ScanFaults.utf8(bytes, at, end);
                }
                at = after;
            }
        }
    }

    private int literal(int at, int tail, String word) throws ScanException {
        int after = at + word.length();
        if (after <= end && JsonBytes.int4(bytes, after - 4) == tail) {
            return after;
        }
        for (int i = 0; i < word.length(); i++) {
            if (at + i >= end) {
                throw ScanFaults.truncated(end, "inside " + word);
            }
            if (bytes[at + i] != word.charAt(i)) {
                throw ScanFaults.notAValue(bytes, at, end);
            }
        }
        return after;
    }

    private int skipSpace(int from) {
        int at = from;
        while (at < end) {
            byte b = bytes[at];
            if (b > ' ' || b < 0) {
                return at;
            }
            if (b == '\n' || b == '\r') {
                lineBreaks = true;
            } else if (b != ' ' && b != '\t') {
                return at;
            }
            at++;
        }
        return at;
    }
}
