package io.autonomos.jobs.cli.common;

import io.autonomos.operators.source.FeedFormat;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the words of {@link FeedFormat}. */
public final class FeedFormatConverter implements ITypeConverter<FeedFormat> {

    @Override
    public FeedFormat convert(String word) {
        FeedFormat format = FeedFormat.ofWord(word);
        if (format == null) {
            throw new TypeConversionException(
                    "expected raw, airbyte, debezium, envelope or pages, but was " + word);
        }
        return format;
    }
}
