package org.holdfast.vault.http.internal.document;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.protocol.common.Json;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** JSON schemas (draft 2020-12, as OpenAPI 3.1 has them) of the records of the protocol, each one once. */
final class Schemas {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Map<Class<?>, String> FORMATS = Map.of(Instant.class, "date-time", Duration.class, "duration",
            UUID.class, "uuid", LocalDate.class, "date", LocalTime.class, "time", LocalDateTime.class,
            "local-date-time");

    private final Map<String, ObjectNode> named = new TreeMap<>();
    private final Map<Class<?>, String> names = new HashMap<>();

    /** All schemas that have a name, by it. */
    ObjectNode all() {
        ObjectNode all = NODES.objectNode();
        named.forEach(all::set);
        return all;
    }

    /** The schema of a type, or where it is. */
    ObjectNode of(Type type) {
        return switch (type) {
            case Class<?> plain -> ofClass(plain);
            case ParameterizedType generic -> ofGeneric(generic);
            case WildcardType wildcard -> of(wildcard.getUpperBounds()[0]);
            default -> NODES.objectNode();
        };
    }

    /** The schema of a page of such items. */
    ObjectNode pageOf(Class<?> item) {
        String name = nameOf(item) + "Page";
        if (!named.containsKey(name)) {
            ObjectNode page = NODES.objectNode().put("type", "object");
            named.put(name, page);
            ObjectNode properties = page.putObject("properties");
            properties.putObject("items").put("type", "array").set("items", of(item));
            properties.putObject("next").put("type", "string").put("description",
                    "Cursor for \"after\" of the next page; missing on the last one.");
            properties.putObject("total").put("type", "integer").put("format", "int64").put("description",
                    "Rows on all pages together.");
            page.putArray("required").add("items");
        }
        return reference(name);
    }

    private ObjectNode ofGeneric(ParameterizedType generic) {
        Class<?> raw = (Class<?>) generic.getRawType();
        Type[] arguments = generic.getActualTypeArguments();
        if (Collection.class.isAssignableFrom(raw)) {
            ObjectNode array = NODES.objectNode().put("type", "array");
            if (Set.class.isAssignableFrom(raw)) {
                array.put("uniqueItems", true);
            }
            array.set("items", of(arguments[0]));
            return array;
        }
        if (Map.class.isAssignableFrom(raw)) {
            ObjectNode map = NODES.objectNode().put("type", "object");
            map.set("additionalProperties", of(arguments[1]));
            return map;
        }
        return ofClass(raw);
    }

    private ObjectNode ofClass(Class<?> type) {
        if (type == String.class || type == ZoneId.class) {
            return NODES.objectNode().put("type", "string");
        }
        if (type == boolean.class || type == Boolean.class) {
            return NODES.objectNode().put("type", "boolean");
        }
        if (type == long.class || type == Long.class) {
            return NODES.objectNode().put("type", "integer").put("format", "int64");
        }
        if (type == int.class || type == Integer.class || type == short.class || type == byte.class) {
            return NODES.objectNode().put("type", "integer").put("format", "int32");
        }
        if (type == double.class || type == Double.class || type == float.class) {
            return NODES.objectNode().put("type", "number");
        }
        if (type == byte[].class) {
            return NODES.objectNode().put("type", "string").put("contentEncoding", "base64");
        }
        String format = FORMATS.get(type);
        if (format != null) {
            return NODES.objectNode().put("type", "string").put("format", format);
        }
        if (type.isArray()) {
            ObjectNode array = NODES.objectNode().put("type", "array");
            array.set("items", of(type.getComponentType()));
            return array;
        }
        if (type.isEnum() || type.isRecord() || type.isSealed()) {
            return reference(define(type));
        }
        return NODES.objectNode();
    }

    private String define(Class<?> type) {
        String name = nameOf(type);
        if (!named.containsKey(name)) {
            ObjectNode schema = NODES.objectNode();
            named.put(name, schema);
            if (type.isEnum()) {
                schema.put("type", "string");
                ArrayNode constants = schema.putArray("enum");
                for (Object constant : type.getEnumConstants()) {
                    constants.add(Json.mapper().convertValue(constant, String.class));
                }
            } else if (type.isRecord()) {
                record(schema, type);
            } else {
                variants(schema, type);
            }
        }
        return name;
    }

    private void record(ObjectNode schema, Class<?> type) {
        schema.put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = NODES.arrayNode();
        for (RecordShape.Component component : RecordShape.of(type).components()) {
            properties.set(component.name(), of(component.type()));
            if (!component.optional()) {
                required.add(component.name());
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
    }

    private void variants(ObjectNode schema, Class<?> type) {
        ArrayNode variants = schema.putArray("oneOf");
        ObjectNode mapping = NODES.objectNode();
        Class<?> annotated = annotated(type);
        JsonSubTypes kinds = annotated.getAnnotation(JsonSubTypes.class);
        // By name, because each compiler has an order of its own.
        Class<?>[] all = type.getPermittedSubclasses().clone();
        Arrays.sort(all, Comparator.comparing(Class::getSimpleName));
        for (Class<?> permitted : all) {
            ObjectNode variant = reference(define(permitted));
            variants.add(variant);
            if (kinds != null) {
                for (JsonSubTypes.Type kind : kinds.value()) {
                    if (kind.value() == permitted) {
                        mapping.put(kind.name(), variant.get("$ref").textValue());
                    }
                }
            }
        }
        JsonTypeInfo info = annotated.getAnnotation(JsonTypeInfo.class);
        if (info != null && !mapping.isEmpty()) {
            ObjectNode discriminator = schema.putObject("discriminator").put("propertyName", info.property());
            discriminator.set("mapping", mapping);
        }
    }

    private static Class<?> annotated(Class<?> type) {
        Class<?> mixIn = Json.mapper().findMixInClassFor(type);
        return mixIn == null ? type : mixIn;
    }

    private String nameOf(Class<?> type) {
        return names.computeIfAbsent(type, each -> {
            Class<?> around = each.getEnclosingClass();
            String name = each.getSimpleName();
            if (names.containsValue(name)) {
                name = (around != null ? around.getSimpleName() : capital(lastPackage(each))) + name;
            }
            return name;
        });
    }

    private static String lastPackage(Class<?> type) {
        String name = type.getPackageName();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static String capital(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }

    private static ObjectNode reference(@Nullable String name) {
        return NODES.objectNode().put("$ref", "#/components/schemas/" + name);
    }
}
