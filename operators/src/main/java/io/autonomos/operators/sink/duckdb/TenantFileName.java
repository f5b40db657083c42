package io.autonomos.operators.sink.duckdb;

import io.autonomos.schemas.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The file of a tenant, by name.
 *
 * <p>Lower-case ASCII letters, digits, {@code _} and {@code -} stand for themselves; every other
 * byte of the id's UTF-8 becomes {@code %xx}, capital letters too, so that ids which differ only in
 * case differ on every file system. An id too long for that ends in {@code ~} and a hash.
 */
final class TenantFileName {

    static final String SUFFIX = ".duckdb";

    private static final int MAX_ENCODED = 180;
    private static final int KEPT_OF_LONG = 100;
    private static final int MAX_TENANT = 128;
    private static final HexFormat HEX = HexFormat.of();

    private TenantFileName() {}

    /** The name of the tenant's file, safe on every file system. */
    static String encode(String tenant) {
        byte[] bytes = utf8(tenant);
        StringBuilder name = new StringBuilder();
        int cut = 0;
        for (byte each : bytes) {
            if (isPlain(each) && !(each == '-' && name.isEmpty())) {
                name.append((char) each);
            } else {
                name.append('%').append(HEX.toHexDigits(each));
            }
            if (name.length() <= KEPT_OF_LONG) {
                cut = name.length();
            }
        }
        if (name.length() > MAX_ENCODED) {
            name.setLength(cut);
            name.append('~').append(HEX.formatHex(sha256(bytes), 0, 16));
        }
        return name.append(SUFFIX).toString();
    }

    /** The tenant of a file's name; empty where the name holds a hash or is not a tenant's file. */
    static Optional<String> decode(String fileName) {
        if (!fileName.endsWith(SUFFIX) || fileName.indexOf('~') >= 0) {
            return Optional.empty();
        }
        String name = fileName.substring(0, fileName.length() - SUFFIX.length());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) != '%') {
                bytes.write(name.charAt(i));
            } else if (i + 2 < name.length() && isHex(name, i + 1)) {
                bytes.write(HexFormat.fromHexDigits(name, i + 1, i + 3));
                i += 2;
            } else {
                return Optional.empty();
            }
        }
        String tenant = bytes.toString(StandardCharsets.UTF_8);
        boolean isOwn = !tenant.isEmpty() && encodes(tenant, fileName);
        return isOwn ? Optional.of(tenant) : Optional.empty();
    }

    private static boolean encodes(String tenant, String fileName) {
        return tenant.length() <= MAX_TENANT && encode(tenant).equals(fileName);
    }

    private static boolean isHex(String name, int at) {
        return HexFormat.isHexDigit(name.charAt(at)) && HexFormat.isHexDigit(name.charAt(at + 1));
    }

    private static boolean isPlain(byte each) {
        return (each >= 'a' && each <= 'z')
                || (each >= '0' && each <= '9')
                || each == '_'
                || each == '-';
    }

    private static byte[] utf8(String tenant) {
        try {
            if (tenant.isEmpty() || tenant.length() > MAX_TENANT) {
                throw invalid(tenant.length() + " characters long");
            }
            ByteBuffer bytes =
                    StandardCharsets.UTF_8
                            .newEncoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .encode(CharBuffer.wrap(tenant));
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            return copy;
        } catch (CharacterCodingException e) {
            throw invalid("not valid Unicode");
        }
    }

    private static IllegalArgumentException invalid(String problem) {
        return new IllegalArgumentException(
                "%s: the tenant's id is %s. %s"
                        .formatted(
                                ErrorCode.TENANT_INVALID.code(),
                                problem,
                                ErrorCode.TENANT_INVALID.remedy()));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
