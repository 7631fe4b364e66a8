package org.holdfast.vault.testkit;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.holdfast.protocol.common.Json;
import org.holdfast.vault.http.Method;
import org.holdfast.vault.http.Route;

import com.fasterxml.jackson.databind.JsonNode;

/** Compares answers with what the OpenAPI document promises. */
final class Documented {
    private final JsonNode document;

    Documented(JsonNode document) {
        this.document = document;
    }

    /** What an answer does differently than promised; empty when it keeps the promise. */
    List<String> differences(Route route, HttpResponse<String> answer) throws IOException {
        List<String> found = new ArrayList<>();
        JsonNode responses = document.get("paths").get(route.path().forDocument())
                .get(route.method().name().toLowerCase(Locale.ROOT)).get("responses");
        JsonNode promised = responses.get(String.valueOf(answer.statusCode()));
        String type = answer.headers().firstValue("Content-Type").orElse("");
        if (promised == null) {
            if (answer.statusCode() < 400) {
                found.add("status " + answer.statusCode() + " is not in the document");
            }
            promised = document.at("/components/responses/problem");
        }
        JsonNode content = promised.get("content");
        if (content == null || route.method() == Method.HEAD) {
            if (!answer.body().isEmpty()) {
                found.add("a body where none was promised");
            }
            return found;
        }
        String media = content.fieldNames().next();
        if (!type.startsWith(media)) {
            found.add(type + " instead of " + media);
        } else if (media.endsWith("json")) {
            compare(content.get(media).get("schema"), Json.mapper().readTree(answer.body()), "", found);
        }
        return found;
    }

    private void compare(JsonNode schema, JsonNode value, String path, List<String> found) {
        if (schema == null || schema.isEmpty()) {
            return;
        }
        if (schema.has("$ref")) {
            compare(document.at(schema.get("$ref").textValue().substring(1)), value, path, found);
            return;
        }
        if (schema.has("oneOf")) {
            return;
        }
        String type = schema.path("type").asText();
        boolean fits = switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            default -> true;
        };
        if (!fits) {
            found.add(path + " is " + value.getNodeType() + " instead of " + type);
            return;
        }
        if (schema.has("enum") && !schema.get("enum").toString().contains("\"" + value.textValue() + "\"")) {
            found.add(path + " has the value " + value + " that the document does not know");
        }
        schema.path("required").forEach(name -> {
            if (!value.has(name.textValue())) {
                found.add(path + "." + name.textValue() + " is missing");
            }
        });
        JsonNode properties = schema.path("properties");
        if (value.isObject()) {
            value.properties().forEach(property -> {
                JsonNode each = properties.get(property.getKey());
                if (each != null) {
                    compare(each, property.getValue(), path + "." + property.getKey(), found);
                } else if (!schema.has("additionalProperties") && !properties.isMissingNode()
                        && !property.getKey().equals("kind")) {
                    found.add(path + "." + property.getKey() + " is not in the document");
                }
            });
        }
        value.forEach(each -> {
            if (value.isArray()) {
                compare(schema.get("items"), each, path + "[]", found);
            }
        });
    }
}
