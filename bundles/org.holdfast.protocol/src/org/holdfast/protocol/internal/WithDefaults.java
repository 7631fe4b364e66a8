package org.holdfast.protocol.internal;

import java.io.IOException;
import java.util.Map;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Reads a value after filling in properties that are missing. */
final class WithDefaults extends DelegatingDeserializer {
    private static final long serialVersionUID = 1L;

    private final String defaults;

    WithDefaults(JsonDeserializer<?> delegate, String defaults) {
        super(delegate);
        this.defaults = defaults;
    }

    @Override
    protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> delegate) {
        return new WithDefaults(delegate, defaults);
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        JsonNode given = context.readTree(parser);
        if (given instanceof ObjectNode object) {
            ObjectNode all = (ObjectNode) JsonMapper.builder().build().readTree(defaults);
            for (Map.Entry<String, JsonNode> entry : object.properties()) {
                if (!entry.getValue().isNull()) {
                    all.set(entry.getKey(), entry.getValue());
                }
            }
            given = all;
        }
        try (JsonParser filled = given.traverse(parser.getCodec())) {
            filled.nextToken();
            return super.deserialize(filled, context);
        }
    }
}
