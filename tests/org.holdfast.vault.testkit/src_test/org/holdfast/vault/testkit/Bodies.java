package org.holdfast.vault.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Makes bodies of requests from the schemas of the OpenAPI document: some that fit, and mangled ones. */
final class Bodies {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<JsonNode> STRANGE = List.of(NODES.nullNode(), NODES.textNode(""),
            NODES.textNode("a\u0000b"), NODES.textNode("\u202e../../etc/passwd"), NODES.textNode("x".repeat(70_000)),
            NODES.textNode("'; drop table users; --"), NODES.textNode("9999-99-99T99:99:99Z"),
            NODES.textNode("+999999999-12-31T23:59:59Z"), NODES.textNode("PT-9223372036854775807S"),
            NODES.numberNode(-1), NODES.numberNode(Long.MAX_VALUE), NODES.numberNode(Long.MIN_VALUE),
            NODES.numberNode(1e300), NODES.numberNode(0), NODES.booleanNode(true), NODES.arrayNode(),
            NODES.objectNode(), NODES.arrayNode().add(NODES.nullNode()), NODES.textNode("\ud83d\ude00".repeat(50)),
            NODES.textNode("00000000-0000-0000-0000-000000000000"), NODES.textNode("Europe/Nowhere"));

    private final JsonNode document;
    private final Random random;

    Bodies(JsonNode document, long seed) {
        this.document = document;
        this.random = new Random(seed);
    }

    /** A value that fits a schema. */
    JsonNode fitting(JsonNode schema, int depth) {
        if (schema.has("$ref")) {
            return fitting(document.at(schema.get("$ref").textValue().substring(1)), depth);
        }
        if (schema.has("oneOf")) {
            JsonNode mapping = schema.at("/discriminator/mapping");
            String kind = mapping.fieldNames().next();
            JsonNode value = fitting(document.at(mapping.get(kind).textValue().substring(1)), depth);
            return value instanceof ObjectNode object
                    ? object.put(schema.at("/discriminator/propertyName").textValue(), kind)
                    : value;
        }
        if (schema.has("enum")) {
            return schema.get("enum").get(random.nextInt(schema.get("enum").size()));
        }
        return switch (schema.path("type").asText()) {
            case "object" -> {
                ObjectNode object = NODES.objectNode();
                if (depth < 6) {
                    schema.path("properties").properties()
                            .forEach(each -> object.set(each.getKey(), fitting(each.getValue(), depth + 1)));
                }
                yield object;
            }
            case "array" -> {
                ArrayNode array = NODES.arrayNode();
                if (depth < 6) {
                    array.add(fitting(schema.get("items"), depth + 1));
                }
                yield array;
            }
            case "integer", "number" -> NODES.numberNode(1 + random.nextInt(3));
            case "boolean" -> NODES.booleanNode(random.nextBoolean());
            default -> text(schema);
        };
    }

    private JsonNode text(JsonNode schema) {
        return NODES.textNode(switch (schema.path("format").asText()) {
            case "date-time" -> "2030-01-02T03:04:05.000Z";
            case "duration" -> "PT1H";
            case "uuid" -> "11111111-2222-3333-4444-555555555555";
            case "date" -> "2030-01-02";
            case "time" -> "03:04";
            default -> schema.has("contentEncoding") ? "AAAA" : "abc";
        });
    }

    /** Bodies that are mangled in one place each, and some that are not JSON at all. */
    List<String> mangled(JsonNode schema, int howMany) {
        List<String> bodies = new ArrayList<>(List.of("", "null", "[]", "{}", "{", "\"\"", "{\"\":{}}",
                "[".repeat(2_000), "{\"a\":".repeat(500) + "1" + "}".repeat(500)));
        for (int i = 0; i < howMany; i++) {
            JsonNode value = fitting(schema, 0);
            mangle(value);
            bodies.add(value.toString());
        }
        return bodies;
    }

    private void mangle(JsonNode value) {
        if (value instanceof ObjectNode object && !object.isEmpty()) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            String name = names.get(random.nextInt(names.size()));
            if (object.get(name).isContainerNode() && !object.get(name).isEmpty() && random.nextInt(3) > 0) {
                mangle(object.get(name));
            } else if (random.nextInt(4) == 0) {
                object.remove(name);
            } else {
                object.set(name, STRANGE.get(random.nextInt(STRANGE.size())));
            }
        } else if (value instanceof ArrayNode array && !array.isEmpty()) {
            if (array.get(0).isContainerNode() && !array.get(0).isEmpty() && random.nextInt(2) == 0) {
                mangle(array.get(0));
            } else {
                array.set(0, STRANGE.get(random.nextInt(STRANGE.size())));
            }
        }
    }
}
