package io.autonomos.schemas;

/**
 * Every error the product can report, with its stable code.
 *
 * <p>1xx input, 2xx parse, 3xx value, 4xx contract, 5xx drift, 6xx mapping (compile time), 7xx
 * sink, 8xx tenant, 9xx repair. The page of error codes in the docs is made from this list.
 */
public enum ErrorCode {
    HEADER_MISSING(
            "AOS-101",
            "A required header is missing.",
            "Send tenant, connection, source and stream with every raw record."),
    HEADER_INVALID(
            "AOS-102",
            "A header's value is not allowed.",
            "Use 1 to 128 characters (record-id: 512) of valid UTF-8 without control characters; op is upsert or delete, emitted-at is ISO 8601 or epoch milliseconds."),
    VALUE_EMPTY(
            "AOS-103",
            "The record has no payload and is not a delete.",
            "Send the record's bytes, or the header op=delete."),
    RECORD_TOO_LARGE(
            "AOS-104",
            "The record is larger than input.max-record-size.",
            "Raise the limit, or split the record at its source."),
    FORMAT_UNKNOWN(
            "AOS-105",
            "The format of a file cannot be told.",
            "Name it .jsonl, .json or .csv, or give --format."),
    FILE_NAME(
            "AOS-106",
            "The file's name does not say which stream it holds.",
            "Name it <entities>_<system>.csv, or give --source and --stream."),
    FILE_UNREADABLE(
            "AOS-107",
            "A file went away or became shorter before it was read.",
            "Leave files as they are once they are in place; send this one again under another name."),
    EVENT_TOO_LARGE(
            "AOS-108",
            "The record's canonical event does not fit into a message of kafka.sink.max-message-size.",
            "Raise that limit and the topics' max.message.bytes, or split the record at its source."),
    FEED_FORMAT(
            "AOS-109",
            "The message is not of its topic's format.",
            "Send each format to a topic of its own, or correct the topic's setting format."),
    FEED_TRUNCATED(
            "AOS-110",
            "A table was truncated at its source, and the event does not name the rows that are gone.",
            "Send a delete of each row that is gone; later changes of the table are read as usual."),
    FEED_INCOMPLETE(
            "AOS-111",
            "The change event does not hold the whole row.",
            "PostgreSQL: set REPLICA IDENTITY FULL. MongoDB: set capture.mode to change_streams_update_full. Others: have the connector read the row again."),

    JSON_SYNTAX(
            "AOS-201",
            "The payload is not JSON (RFC 8259).",
            "Mend the sender; the position of the first wrong byte is in the message."),
    JSON_TRUNCATED(
            "AOS-202",
            "The JSON ends in the middle of a value.",
            "Check size limits between the system and the topic."),
    JSON_TRAILING(
            "AOS-203",
            "There is more after the end of the JSON value.",
            "Send one record per message or line."),
    UTF8_INVALID("AOS-204", "The payload is not valid UTF-8.", "Convert it at the source."),
    JSON_TOO_DEEP(
            "AOS-205",
            "The JSON is nested deeper than the limit.",
            "Flatten the record at its source."),
    JSON_NOT_OBJECT(
            "AOS-206",
            "The payload is not a JSON object.",
            "Send one object per record; --format pages reads the elements of arrays in files."),
    TOO_MANY_FIELDS(
            "AOS-207",
            "The record has more fields than the limit.",
            "Send keyed data as an array of values."),
    RECORD_WRAPPED(
            "AOS-208",
            "The payload is a page of records, or an event around one, not a record.",
            "Send each record by itself; --format pages reads the records of pages in files."),
    EVENT_PARTIAL(
            "AOS-209",
            "The payload is an event that does not hold the whole record.",
            "Have the system send whole records, or fetch the record and send that."),
    CSV_ROW(
            "AOS-210",
            "The row does not fit the header.",
            "Quote fields that contain the delimiter; every row needs as many fields as the header."),
    CSV_QUOTE(
            "AOS-211",
            "A quoted field is not closed.",
            "Close the quote, and double quotes inside quoted fields."),
    CSV_HEADER("AOS-212", "The CSV header cannot be used.", "Save as UTF-8, columns named once."),
    FEED_VALUE(
            "AOS-213",
            "A value is not in the encoding that the message's schema names.",
            "Use one converter for the topic, with the connector's own types."),
    API_ERROR("AOS-214", "It is an API's error, not a record.", "Collect only successful answers."),

    VALUE_TYPE(
            "AOS-301",
            "The value's JSON type does not fit the canonical field.",
            "Map another path, or give a value map."),
    VALUE_NUMBER(
            "AOS-302",
            "The value is not a number of the wanted kind.",
            "Give a cast that fits, or mend the value."),
    VALUE_RANGE(
            "AOS-303",
            "The number is out of the field's range.",
            "Give a scale, or mend the value."),
    VALUE_TIME(
            "AOS-304",
            "The value cannot be read as a date or time.",
            "Name its format in the mapping: format: M/d/yyyy or d/M/yyyy says it for all fields."),
    VALUE_BOOLEAN("AOS-305", "The value cannot be read as a boolean.", "Give a value map."),
    VALUE_NOT_MAPPED(
            "AOS-306",
            "The value is not in the field's value map.",
            "Add it to the map, or give a default."),
    VALUE_TEXT(
            "AOS-307",
            "The text holds U+0000 or half a surrogate pair, which the stores refuse.",
            "Mend the text at its source."),
    VALUE_CURRENCY(
            "AOS-308",
            "The value is not an ISO 4217 currency code.",
            "Map the code, not the name or symbol."),
    VALUE_TOO_LONG("AOS-309", "The value is longer than the limit.", "Shorten it at its source."),
    REQUIRED_MISSING(
            "AOS-310",
            "A required canonical field has no value.",
            "Map a path that is always there, or give a default."),
    RECORD_ID_MISSING(
            "AOS-311",
            "The record has no id.",
            "Send the header record-id, or map the identity field."),
    VALUE_FORM(
            "AOS-312",
            "The text cannot be brought to the normal form the mapping wants.",
            "Mend the value, or leave normalize out."),
    VALUE_EXPRESSION(
            "AOS-313",
            "The expression has no value for this record.",
            "Handle absent fields, as in has(record.X) ? record.X : null."),

    STREAM_UNKNOWN(
            "AOS-401",
            "No mapping is known for this source and stream.",
            "Publish one, or correct the headers."),
    ENTITY_INVALID(
            "AOS-402",
            "An entity file is not a usable JSON Schema.",
            "See the message for the place."),
    MESSAGE_INVALID(
            "AOS-403",
            "A message does not follow its contract.",
            "Compare it with the JSON Schema of its topic; the property is named in the message."),
    AGENT_INVALID(
            "AOS-404",
            "An agent's file is not usable.",
            "See the message for the file and the key; an agent reads entities of the model."),

    DRIFT_LOST(
            "AOS-501",
            "The record has lost a mapped field. By the tenant's policy it is a dead letter, or passes with this note.",
            "Mend the mapping, then replay the dead letters."),
    PARK_FULL(
            "AOS-502",
            "The record would wait for its mapping to be mended, but as many as may wait do already.",
            "Mend the mapping and replay the dead letters, or raise park.max-records and park.max-bytes."),
    PARK_EXPIRED(
            "AOS-503",
            "The record waited for its mapping to be mended longer than park.max-age.",
            "Mend the mapping, then replay the dead letters."),

    MAPPING_SYNTAX(
            "AOS-601", "The mapping file is not readable YAML.", "See the message for the place."),
    MAPPING_KEY(
            "AOS-602",
            "A key is unknown in this place.",
            "See the message for the keys that are allowed."),
    MAPPING_VALUE("AOS-603", "A key's value has the wrong form.", "See the message for the form."),
    MAPPING_ENTITY(
            "AOS-604", "The entity does not exist.", "Use an entity of the canonical model."),
    MAPPING_FIELD(
            "AOS-605",
            "The canonical field does not exist.",
            "Use a field of the entity; other source fields go to extras by themselves."),
    MAPPING_REQUIRED(
            "AOS-606", "A required canonical field is not mapped.", "Map it, or give a default."),
    MAPPING_PATH(
            "AOS-607",
            "A source path cannot be read.",
            "Write names joined by dots; quote names with other characters."),
    MAPPING_CAST(
            "AOS-608",
            "The cast does not fit the canonical field's type.",
            "Leave the cast out, or use one of the type's casts."),
    MAPPING_REVERSED(
            "AOS-609", "The field is mapped the wrong way round.", "Write canonical: source."),
    MAPPING_DUPLICATE("AOS-610", "Two mappings claim the same stream.", "Keep one of them."),
    MAPPING_EXPRESSION(
            "AOS-611",
            "An expression cannot be compiled.",
            "See the message for the place; fields are written record.Name."),
    MAPPING_BASE(
            "AOS-612",
            "The mapping to extend does not exist.",
            "Name a shipped mapping by its id, such as salesforce-account."),
    MAPPING_TEST(
            "AOS-613",
            "A test of the mapping fails.",
            "Mend the mapping, or the test; the message says what differs."),
    MAPPING_FILE("AOS-614", "A file cannot be read.", "Give the path of one file that exists."),
    MAPPING_ROW("AOS-615", "A registry's row is not usable.", "See the message for the column."),
    LINT_UNREACHABLE(
            "AOS-651",
            "Warning: a candidate can never be chosen.",
            "Leave it out, or put it before the one that always wins."),
    LINT_FALLIBLE(
            "AOS-652",
            "Warning: an expression can fail, and nothing says what then.",
            "Add on-error: null or on-error: reject."),
    LINT_LOSSY(
            "AOS-653",
            "Warning: a cast drops a part of the value.",
            "Say so with a note, or map to a field that keeps it."),
    LINT_DEAD_TEST(
            "AOS-654",
            "Warning: a test tells nothing that another does not.",
            "Leave it out, or give it another input."),
    LINT_UNUSED_TABLE(
            "AOS-655", "Warning: a table is never used.", "Leave it out, or use it by its name."),
    LINT_UNTESTED(
            "AOS-656",
            "Warning: a mapped field has a value in no test.",
            "Add a test whose output has the field."),
    LINT_NOT_IN_SAMPLE(
            "AOS-657",
            "Warning: no record of the sample has the field's paths.",
            "Compare the paths with the sample; mappings infer proposes them."),
    MAPPING_VERSION(
            "AOS-690",
            "A mapping version's number is taken, or lower than the one in effect.",
            "Publish it again; the command takes the next number."),
    MAPPING_SOURCE(
            "AOS-691",
            "A mapping is for another source than the stream's.",
            "Publish it for a stream of its source, or correct source in the mapping."),
    MAPPING_WITHDRAWN(
            "AOS-692",
            "A version on the registry topic cannot be withdrawn by a tombstone.",
            "Publish another version, or use `autonomos mappings rollback`."),
    MAPPING_UNUSABLE(
            "AOS-693",
            "The stream's mapping version was accepted, but does not compile with this release.",
            "Publish a mended version, then replay the dead letters."),
    MAPPING_ABSENT(
            "AOS-694",
            "The registry has no such mapping version.",
            "See `autonomos mappings list` and `autonomos mappings history`."),

    SINK_CONFIG("AOS-701", "A sink's configuration is not usable.", "See the message for the key."),
    DUCKDB_LOADER(
            "AOS-702",
            "DuckDB was loaded by the job's own class loader, where two jobs of one TaskManager would corrupt a file.",
            "Put the DuckDB jar into Flink's lib folder and set classloader.parent-first-patterns.additional to org.duckdb."),
    DUCKDB_LOCKED(
            "AOS-703",
            "A tenant's DuckDB file is held by another writer.",
            "Stop the other job; the commit is tried again until then."),
    STORE_DOWN("AOS-704", "A store does not answer.", "Start it; the job waits and tries again."),
    CONFIG_INVALID(
            "AOS-705",
            "A setting is not usable.",
            "See the message for the key and what is expected."),
    PORT_IN_USE("AOS-706", "A port is taken.", "Stop that process, or give another port."),
    STORE_REFUSED(
            "AOS-707",
            "A store refuses a value that the entity's schema allows.",
            "Report it with the names in the message; the value should have been refused when it was translated."),
    STORE_SCHEMA(
            "AOS-708",
            "A store's tables do not fit the entity model.",
            "Run the migrations, or see the message for the column."),
    DUCKDB_FILE(
            "AOS-709",
            "A tenant's DuckDB file cannot be used.",
            "Move the file away and replay the tenant's records; the message says what is wrong with it."),
    SERVER_FAILED(
            "AOS-710",
            "A server of the embedded stack, or of the stack of `up`, cannot be started or stopped.",
            "Mend what the message and the logs name, and start again."),
    STACK_ABSENT(
            "AOS-711",
            "No stack was started in the work directory.",
            "Start one with `autonomos up`, or give its --work-dir."),
    JOB_REFUSED(
            "AOS-712",
            "Flink did not take the job.",
            "Check the cluster's address; the message and the JobManager's log name the cause."),
    WEBHOOK_DOWN(
            "AOS-713",
            "A webhook does not take messages.",
            "Correct the address that its setting refers to; it is read again for each try."),
    STACK_BUSY("AOS-714", "A work directory is in use.", "Stop it, or give another --work-dir."),
    JOB_RUNS("AOS-715", "A job runs there already.", "Give --replace to go on from its state."),

    TENANT_INVALID(
            "AOS-801",
            "The tenant's id is not usable.",
            "Use 1 to 128 characters without control characters."),
    TENANT_MISMATCH(
            "AOS-802",
            "The message names another tenant than its headers or its topic's setting.",
            "Send each tenant's records to the topic that is its own, or leave the setting tenant out."),

    REPAIR_FAILED(
            "AOS-901",
            "A repair could not be worked out.",
            "The records stay parked: publish a mapping with `autonomos mappings publish`, and report the code with the log's lines."),
    REPAIR_TIMEOUT(
            "AOS-902",
            "A repair took longer than repair.timeout.",
            "The records stay parked, and it is tried again when more come. Raise the limit, or repair.threads."),
    LLM_FAILED(
            "AOS-911",
            "The language model gave no usable answer.",
            "Check its address, name and key (repair.llm.*); everything works without it."),
    PROPOSAL_UNKNOWN(
            "AOS-921",
            "The tenant has no such proposal, or none that is kept still.",
            "See `autonomos review list`."),
    PROPOSAL_DECIDED(
            "AOS-922",
            "The proposal was decided already.",
            "Publish another version, or roll back, if the decision was wrong."),
    PROPOSAL_EXPIRED(
            "AOS-923",
            "The proposal has expired.",
            "Publish its mapping by `autonomos mappings publish`; what is parked still waits."),
    PROPOSAL_SUPERSEDED(
            "AOS-924",
            "A newer proposal or version of the stream took the proposal's place.",
            "See `autonomos review list` for the newer one."),
    PROPOSAL_EMPTY(
            "AOS-925",
            "The proposal has no candidate that could be approved.",
            "Write the mapping yourself and send it by `autonomos review edit`."),
    PROPOSAL_ORDER(
            "AOS-927",
            "The proposal builds on another one of the same drift that waits for a decision.",
            "Decide on that one first."),
    MERGE_EDIT(
            "AOS-928",
            "A merge candidate has no mapping that could be edited.",
            "Approve or reject it."),
    CONTROL_REVISION(
            "AOS-931",
            "Another writer changed the settings at the same time.",
            "Look at them with `autonomos control get`, then set yours again."),
    CONTROL_SETTING(
            "AOS-932",
            "A setting on the control topic is not usable; what held without it holds on.",
            "The message says what is allowed; set it again, or to default."),
    REBUILD_INCOMPLETE(
            "AOS-933",
            "A rebuild was to be swapped in before all of it had come, or another one took its place.",
            "Start it again with `autonomos rebuild`; the views are as they were.");

    private final String code;
    private final String summary;
    private final String remedy;

    ErrorCode(String code, String summary, String remedy) {
        this.code = code;
        this.summary = summary;
        this.remedy = remedy;
    }

    /** The stable code, such as {@code AOS-201}. */
    public String code() {
        return code;
    }

    /** What is wrong, in one sentence. */
    public String summary() {
        return summary;
    }

    /** What to do next, in one sentence. */
    public String remedy() {
        return remedy;
    }
}
