package org.holdfast.protocol.common;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

import org.holdfast.protocol.internal.ValueModule;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/**
 * The one JSON dialect of the wire: times as RFC 3339 in UTC with milliseconds, durations as ISO 8601, enum constants
 * in lower case with hyphens, nulls left out, unknown properties ignored so that older and newer programs understand
 * each other. Nesting and sizes of tokens are bounded, as bodies come from strangers.
 */
public final class Json {
    /** Longest JSON body in bytes unless a call says otherwise. */
    public static final int MAX_BYTES = 1 << 20;

    private static final int MAX_DEPTH = 64;
    private static final int POOLED_BUFFERS = 32;
    private static final JsonMapper MAPPER = build();

    private Json() {
    }

    /** The mapper itself; callers must not reconfigure it. */
    public static JsonMapper mapper() {
        return MAPPER;
    }

    /** The value as UTF-8. */
    public static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Cannot be written as JSON: " + value.getClass(), e);
        }
    }

    /** The value as text. */
    public static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Cannot be written as JSON: " + value.getClass(), e);
        }
    }

    /** @throws IOException when it is no JSON, or not of that type */
    public static <T> T read(byte[] bytes, Class<T> type) throws IOException {
        return MAPPER.readValue(bytes, type);
    }

    /** @throws IOException when it is no JSON, or not of that type */
    public static <T> T read(byte[] bytes, TypeReference<T> type) throws IOException {
        return MAPPER.readValue(bytes, type);
    }

    /** @throws IOException when it is no JSON, or not of that type */
    public static <T> T read(String text, Class<T> type) throws IOException {
        return MAPPER.readValue(text, type);
    }

    private static JsonMapper build() {
        StreamReadConstraints limits = StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH)
                .maxStringLength(16 << 20).build();
        // The pool that comes with it belongs to threads: each of thousands that wait would keep buffers of its own.
        JsonFactory factory = JsonFactory.builder().streamReadConstraints(limits)
                .recyclerPool(JsonRecyclerPools.newBoundedPool(POOLED_BUFFERS)).build();
        SimpleModule times = new SimpleModule("holdfast-times").addSerializer(Instant.class, new Millis());
        return JsonMapper.builder(factory).addModule(new JavaTimeModule()).addModule(times)
                .addModule(new ValueModule())
                .enumNamingStrategy(EnumNamingStrategies.KEBAB_CASE)
                .defaultPropertyInclusion(JsonInclude.Value.construct(JsonInclude.Include.NON_NULL,
                        JsonInclude.Include.NON_NULL))
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE).build();
    }

    private static final class Millis extends StdScalarSerializer<Instant> {
        private static final long serialVersionUID = 1L;
        private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'")
                .withZone(ZoneOffset.UTC);

        Millis() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(FORM.format(value));
        }
    }
}
