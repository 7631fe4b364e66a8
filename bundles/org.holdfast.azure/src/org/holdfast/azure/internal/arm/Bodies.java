package org.holdfast.azure.internal.arm;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.azure.PlanStep.Difference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Reading and comparing what Azure answers. */
final class Bodies {
    private Bodies() {
    }

    static ObjectNode object() {
        return ArmClient.JSON.createObjectNode();
    }

    /** A value below others, {@code "properties/sku/name"}. */
    static JsonNode at(JsonNode body, String path) {
        return body.at("/" + path);
    }

    static String text(JsonNode body, String path) {
        JsonNode found = at(body, path);
        return found.isValueNode() && !found.isNull() ? found.asText("") : "";
    }

    static int number(JsonNode body, String path, int otherwise) {
        return at(body, path).asInt(otherwise);
    }

    static @Nullable Instant time(JsonNode body, String path) {
        String text = text(body, path);
        try {
            return text.isEmpty() ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    static @Nullable Duration duration(JsonNode body, String path) {
        String text = text(body, path);
        try {
            return text.isEmpty() ? null : Duration.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    static List<String> texts(JsonNode array) {
        List<String> all = new ArrayList<>();
        array.forEach(each -> all.add(each.asText("")));
        return all;
    }

    /** What is not as wanted, for values where only one will do. */
    static void compare(JsonNode body, String path, String wanted, List<Difference> found) {
        String is = text(body, path);
        if (!is.equalsIgnoreCase(wanted)) {
            found.add(new Difference(path.substring(path.indexOf('/') + 1).replace('/', '.'),
                    is.isEmpty() ? "not set" : is, wanted));
        }
    }

    /** Regions are written {@code West US} and {@code westus}. */
    static boolean sameRegion(String one, String other) {
        return plain(one).equals(plain(other));
    }

    private static String plain(String region) {
        return region.replace(" ", "").toLowerCase(java.util.Locale.ROOT);
    }
}
