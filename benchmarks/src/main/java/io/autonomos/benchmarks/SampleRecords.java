package io.autonomos.benchmarks;

import java.nio.charset.StandardCharsets;

/**
 * Opportunities as Salesforce's REST API sends them, of a wanted number of fields. 33 fields make 1
 * KB, and 12 of them are mapped, 5 of these cast: two decimals, a date and two timestamps. Values
 * differ from record to record, the shape does not.
 */
final class SampleRecords {

    /** Source, stream and mapping of the records. */
    static final String SOURCE = "salesforce";

    static final String STREAM = "Opportunity";

    /** The fields that the shipped mapping picks; the first ten stand in the smallest record. */
    static final String[] MAPPED = {
        "Id",
        "Name",
        "StageName",
        "Amount",
        "CloseDate",
        "Probability",
        "CurrencyIsoCode",
        "CreatedDate",
        "LastModifiedDate",
        "Type",
        "AccountId",
        "OwnerId"
    };

    private static final String SMALL =
            """
            {"Id":"006Qx%2$09dIAV","Name":"%3$s - %1$d seats, renewal","StageName":"%4$s",\
            "Amount":%5$d.%6$02d,"Probability":%9$d.0,"CloseDate":"2026-%7$02d-%8$02d",\
            "Type":"Existing Business","CurrencyIsoCode":"EUR",\
            "CreatedDate":"2025-%7$02d-02T08:%6$02d:30.000+0000",\
            "LastModifiedDate":"2026-01-%8$02dT17:%6$02d:05.000+0000\"""";

    private static final String USUAL =
            """
            {"Id":"006Qx%2$09dIAV","IsDeleted":false,"AccountId":"001Qx%2$09dIAQ",\
            "Name":"%3$s - %1$d seats, renewal","StageName":"%4$s","Amount":%5$d.%6$02d,\
            "Probability":%9$d.0,"ExpectedRevenue":%5$d.0,"CloseDate":"2026-%7$02d-%8$02d",\
            "Type":"Existing Business","NextStep":"Send the order form and the security\
             questionnaire to procurement; call again on Thursday",\
            "LeadSource":"Partner Referral","IsClosed":false,"IsWon":false,\
            "ForecastCategory":"Pipeline","CurrencyIsoCode":"EUR","CampaignId":null,\
            "HasOpportunityLineItem":true,"Pricebook2Id":"01sQx%6$09dIAE",\
            "OwnerId":"005Qx%6$09dIAY","CreatedDate":"2025-%7$02d-02T08:%6$02d:30.000+0000",\
            "CreatedById":"005Qx%8$09dIAY",\
            "LastModifiedDate":"2026-01-%8$02dT17:%6$02d:05.000+0000",\
            "LastModifiedById":"005Qx%7$09dIAY",\
            "SystemModstamp":"2026-01-%8$02dT17:%6$02d:06.000+0000",\
            "LastActivityDate":"2026-01-%8$02d","PushCount":%7$d,"FiscalYear":2026,\
            "FiscalQuarter":%10$d,"ContactId":null,"LastViewedDate":null,"Region":"EMEA",\
            "Competitor":"None known, incumbent is leaving\"""";

    private static final int USUAL_FIELDS = 33;

    private static final String[] NAMES = {
        "Acme Corp", "Globex", "Müller & Söhne", "Initech", "Umbrella Health", "Wayne Enterprises"
    };

    private static final String[] STAGES = {
        "Prospecting", "Negotiation/Review", "Closed Won", "Value Proposition"
    };

    private SampleRecords() {}

    /** The record of that number, with 10, 33 or more fields. */
    static byte[] record(int number, int fields) {
        StringBuilder json =
                new StringBuilder(
                        (fields < USUAL_FIELDS ? SMALL : USUAL)
                                .formatted(
                                        number,
                                        number % 1_000_000_000,
                                        NAMES[number % NAMES.length],
                                        STAGES[number % STAGES.length],
                                        1_000 + number * 7919L % 900_000,
                                        number % 60,
                                        1 + number % 12,
                                        1 + number % 28,
                                        number % 101,
                                        1 + number % 4));
        for (int i = USUAL_FIELDS; i < fields; i++) {
            json.append(",\"Custom_Field_").append(i).append("__c\":");
            switch (i % 4) {
                case 0 -> json.append("\"a picklist value ").append(number % 10).append('"');
                case 1 -> json.append(number % 1_000).append(".5");
                case 2 -> json.append("null");
                default -> json.append(number % 2 == 0);
            }
        }
        return json.append('}').toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The same with a mapped field under another name. */
    static byte[] drifted(int number, int fields) {
        String record = new String(record(number, fields), StandardCharsets.UTF_8);
        return record.replace("\"StageName\"", "\"SalesStage\"").getBytes(StandardCharsets.UTF_8);
    }

    /** The id of the record of that number. */
    static String id(int number) {
        return "006Qx%09dIAV".formatted(number % 1_000_000_000);
    }

    /** How many mapped fields a record of so many fields holds. */
    static int mapped(int fields) {
        return fields < USUAL_FIELDS ? 10 : MAPPED.length;
    }
}
