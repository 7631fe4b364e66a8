package org.holdfast.vault.http.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.vault.http.Method;
import org.holdfast.vault.http.PathTemplate;
import org.holdfast.vault.http.Route;

/** All routes of a node, found by path and method. Fixed segments come before variables. Immutable. */
public final class RouteTable {
    private final List<Route> routes;
    private final Node root = new Node();

    /**
     * Takes the routes together.
     *
     * @throws IllegalArgumentException when two have the same name, or the same method and path
     */
    public RouteTable(Collection<Route> routes) {
        this.routes = List.copyOf(routes);
        Set<String> names = new HashSet<>();
        for (Route route : routes) {
            if (!names.add(route.name())) {
                throw new IllegalArgumentException("two routes are called " + route.name());
            }
            Node node = root;
            for (PathTemplate.Segment segment : route.path().segments()) {
                node = node.child(segment);
            }
            if (node.byMethod.put(route.method(), route) != null) {
                throw new IllegalArgumentException("two routes for " + route);
            }
        }
    }

    /** All of them, in the order of their groups. */
    public List<Route> routes() {
        return routes;
    }

    /** Whether a method is allowed at a path, and the route when it is; null when there is nothing at that path. */
    @Nullable
    Match find(String method, List<String> path) {
        Node node = find(root, path, 0);
        if (node == null) {
            return null;
        }
        Route route = route(node, method);
        if (route == null) {
            return new Match(null, Map.of(), allowed(node));
        }
        Map<String, String> variables = new HashMap<>();
        List<PathTemplate.Segment> segments = route.path().segments();
        for (int i = 0; i < segments.size(); i++) {
            PathTemplate.Segment segment = segments.get(i);
            if (segment.rest()) {
                variables.put(segment.name(), String.join("/", path.subList(i, path.size())));
            } else if (segment.variable()) {
                variables.put(segment.name(), path.get(i));
            }
        }
        return new Match(route, variables, "");
    }

    private static @Nullable Route route(Node node, String method) {
        for (Method known : Method.values()) {
            if (known.name().equals(method)) {
                Route route = node.byMethod.get(known);
                return route == null && known == Method.HEAD ? node.byMethod.get(Method.GET) : route;
            }
        }
        return null;
    }

    private static String allowed(Node node) {
        List<String> methods = new ArrayList<>(node.byMethod.keySet().stream().map(Method::name).toList());
        if (methods.contains("GET") && !methods.contains("HEAD")) {
            methods.add(1, "HEAD");
        }
        return String.join(", ", methods);
    }

    private static @Nullable Node find(Node node, List<String> path, int at) {
        if (at == path.size()) {
            return node.byMethod.isEmpty() ? null : node;
        }
        String segment = path.get(at);
        Node fixed = node.fixed.get(segment);
        if (fixed != null) {
            Node found = find(fixed, path, at + 1);
            if (found != null) {
                return found;
            }
        }
        if (segment.isEmpty()) {
            return null;
        }
        if (node.variable != null) {
            Node found = find(node.variable, path, at + 1);
            if (found != null) {
                return found;
            }
        }
        return node.rest != null && path.subList(at, path.size()).stream().noneMatch(String::isEmpty) ? node.rest
                : null;
    }

    /**
     * What is at a path.
     *
     * @param route the route, null when the method is not allowed there
     * @param variables values of the path's variables
     * @param allowed the methods that are allowed when this one is not
     */
    record Match(@Nullable Route route, Map<String, String> variables, String allowed) {
    }

    private static final class Node {
        private final Map<String, Node> fixed = new HashMap<>();
        private final Map<Method, Route> byMethod = new EnumMap<>(Method.class);
        private @Nullable Node variable;
        private @Nullable Node rest;

        Node child(PathTemplate.Segment segment) {
            if (segment.rest()) {
                rest = rest == null ? new Node() : rest;
                return rest;
            }
            if (segment.variable()) {
                variable = variable == null ? new Node() : variable;
                return variable;
            }
            return fixed.computeIfAbsent(segment.name(), key -> new Node());
        }
    }
}
