package io.autonomos.mappings.plan;

import io.autonomos.mappings.expression.Normalizer;
import io.autonomos.mappings.scan.JsonBuffer;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.Fingerprint;
import java.util.List;

/** Brings a text to normal forms before another cast reads it. */
final class NormalizedCast implements Cast {

    private final List<Normalizer> forms;
    private final String region;
    private final Cast next;

    NormalizedCast(List<Normalizer> forms, String region, Cast next) {
        this.forms = List.copyOf(forms);
        this.region = region;
        this.next = next;
    }

    @Override
    public ErrorCode cast(byte[] bytes, int from, int to, int jsonType, CastTarget target) {
        if (jsonType != Fingerprint.STRING && jsonType != Fingerprint.NUMBER) {
            return next.cast(bytes, from, to, jsonType, target);
        }
        String given = TextCasts.textForm(bytes, from, to, jsonType);
        String text = given;
        for (Normalizer form : forms) {
            text = form.apply(text, region);
            if (text == null) {
                return ErrorCode.VALUE_FORM;
            }
        }
        if (text.equals(given)) {
            return next.cast(bytes, from, to, jsonType, target);
        }
        byte[] token = new JsonBuffer(2 * text.length() + 2).quoted(text).toBytes();
        ErrorCode error = next.cast(token, 0, token.length, Fingerprint.STRING, target);
        if (error == null) {
            target.note("reformatted", "the text was brought to its normal form");
        }
        return error;
    }
}
