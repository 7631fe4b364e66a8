package org.holdfast.vault.http.internal.document;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

import org.holdfast.protocol.common.ProblemBody;
import org.holdfast.vault.catalog.ListRequest;
import org.holdfast.vault.http.Access;
import org.holdfast.vault.http.Method;
import org.holdfast.vault.http.Route;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The OpenAPI 3.1 document (https://spec.openapis.org/oas/v3.1.0) of a table of routes. Routes and schemas come in a
 * fixed order, so that the same table always gives the same document.
 */
public final class OpenApi {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Schemas schemas = new Schemas();

    private OpenApi() {
    }

    /** The document of these routes. */
    public static ObjectNode of(List<Route> routes) {
        return new OpenApi().document(routes);
    }

    private ObjectNode document(List<Route> routes) {
        ObjectNode root = NODES.objectNode().put("openapi", "3.1.0");
        root.putObject("info").put("title", "Holdfast vault").put("version", "1")
                .put("description", "What people, programs and agents ask of a vault node. Unknown properties are to be"
                        + " ignored; new ones may come at any time.")
                .putObject("license").put("name", "EPL-2.0").put("identifier", "EPL-2.0");
        root.putArray("servers").addObject().put("url", "/");
        ObjectNode paths = root.putObject("paths");
        routes.stream().sorted(Comparator.comparing((Route each) -> each.path().text()).thenComparing(Route::method))
                .forEach(route -> {
                    String path = route.path().forDocument();
                    ObjectNode item = paths.has(path) ? (ObjectNode) paths.get(path) : paths.putObject(path);
                    item.set(route.method().name().toLowerCase(Locale.ROOT), operation(route));
                });
        schemas.of(ProblemBody.class);
        ObjectNode components = root.putObject("components");
        components.set("schemas", schemas.all());
        ObjectNode problem = components.putObject("responses").putObject("problem").put("description",
                "Refused or failed: a problem of RFC 9457 with a stable code.");
        problem.putObject("content").putObject(ProblemBody.MEDIA_TYPE).set("schema", schemas.of(ProblemBody.class));
        ObjectNode security = components.putObject("securitySchemes");
        security.putObject("token").put("type", "http").put("scheme", "bearer").put("description",
                "A token of POST /api/v1/login.");
        security.putObject("certificate").put("type", "mutualTLS").put("description",
                "The client certificate of a registered server.");
        return root;
    }

    private ObjectNode operation(Route route) {
        ObjectNode operation = NODES.objectNode().put("operationId", route.name()).put("summary", route.summary());
        operation.putArray("tags").add(tag(route));
        security(operation, route);
        ArrayNode parameters = NODES.arrayNode();
        route.path().variables().forEach(name -> parameter(parameters, name, "path", true, ""));
        if (route.isList()) {
            list(parameters, route);
        }
        route.parameters().forEach(each -> parameter(parameters, each.name(), "query", false, each.description()));
        if (route.editable()) {
            parameter(parameters, "If-Match", "header", true, "The ETag of the version that is to be changed.");
        }
        if (route.method() == Method.POST && route.access() instanceof Access.Person) {
            parameter(parameters, "Idempotency-Key", "header", false,
                    "Any 16 to 128 characters; a repetition within a day gets the answer of the first request.");
        }
        if (!parameters.isEmpty()) {
            operation.set("parameters", parameters);
        }
        if (route.request() != null) {
            operation.putObject("requestBody").put("required", true).putObject("content")
                    .putObject("application/json").set("schema", schemas.of(route.request()));
        } else if (route.takesBytes()) {
            operation.putObject("requestBody").put("required", true).putObject("content")
                    .putObject("application/octet-stream").putObject("schema");
        }
        responses(operation.putObject("responses"), route);
        return operation;
    }

    private void responses(ObjectNode responses, Route route) {
        ObjectNode usual = responses.putObject(String.valueOf(route.status())).put("description",
                route.summary().isEmpty() ? "Done." : route.summary());
        if (route.isVersioned()) {
            usual.putObject("headers").putObject("ETag").put("description", "The version.").putObject("schema")
                    .put("type", "string");
        }
        if (route.givesBytes() != null) {
            usual.putObject("content").putObject(route.givesBytes()).putObject("schema");
        } else if (route.response() != null) {
            usual.putObject("content").putObject("application/json").set("schema",
                    route.isList() ? schemas.pageOf(route.response()) : schemas.of(route.response()));
        }
        route.otherStatuses().stream().sorted().forEach(status -> {
            ObjectNode other = responses.putObject(String.valueOf(status)).put("description",
                    status == 304 ? "Not modified." : "Done, see the text.");
            if (route.response() != null && status != 204 && status != 304) {
                other.putObject("content").putObject("application/json").set("schema",
                        schemas.of(route.response()));
            }
        });
        if (route.isVersioned() && route.method() == Method.GET) {
            responses.putObject("304").put("description", "The reader has this version already.");
        }
        responses.putObject("default").put("$ref", "#/components/responses/problem");
    }

    private static void list(ArrayNode parameters, Route route) {
        ArrayNode columns = NODES.arrayNode();
        route.columns().forEach(columns::add);
        ObjectNode limit = parameter(parameters, "limit", "query", false, "How many rows.");
        ((ObjectNode) limit.get("schema")).put("type", "integer").put("minimum", 1)
                .put("maximum", ListRequest.MAX_LIMIT).put("default", ListRequest.DEFAULT_LIMIT);
        parameter(parameters, "after", "query", false, "The cursor \"next\" of the page before.");
        String named = String.join(", ", route.columns());
        parameter(parameters, "sort", "query", false,
                "Columns joined by commas, each descending with a minus in front: " + named + ".");
        ObjectNode filter = parameter(parameters, "filter", "query", false,
                "column=value, also with !=, ~= (contains), >=, <=; may be repeated. Columns: " + named + ".");
        ObjectNode schema = (ObjectNode) filter.get("schema");
        schema.put("type", "array").putObject("items").put("type", "string");
        filter.put("explode", true);
    }

    private static ObjectNode parameter(ArrayNode parameters, String name, String place, boolean required,
            String description) {
        ObjectNode parameter = parameters.addObject().put("name", name).put("in", place).put("required", required);
        if (!description.isEmpty()) {
            parameter.put("description", description);
        }
        parameter.putObject("schema").put("type", "string");
        return parameter;
    }

    private static void security(ObjectNode operation, Route route) {
        ArrayNode security = operation.putArray("security");
        switch (route.access()) {
            case Access.Open open -> {
            }
            case Access.SignedIn signedIn -> security.addObject().putArray("token");
            case Access.Person(String permission) -> {
                security.addObject().putArray("token");
                operation.put("x-permission", permission);
            }
            case Access.Agent agent -> security.addObject().putArray("certificate");
        }
    }

    private static String tag(Route route) {
        List<String> path = route.path().segments().stream().map(each -> each.variable() ? "" : each.name()).toList();
        if (path.getFirst().equals("agent")) {
            return "agents";
        }
        if (!path.getFirst().equals("api") || path.size() < 3) {
            return "node";
        }
        return path.get(2).equals("vaults") && path.size() > 4 && !path.get(4).isEmpty() ? path.get(4) : path.get(2);
    }
}
