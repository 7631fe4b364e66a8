package org.holdfast.azure.doubles;

import java.io.IOException;
import java.security.PublicKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Azure Resource Manager for one tenant: tokens are verified, lists come in pages, what takes long there takes some
 * polls here. Its answers have the fields of the published examples; tests of those who use it hold it to that.
 */
public final class ArmDouble extends HttpsDouble {
    private static final Set<String> AUDIENCES =
            Set.of("https://management.azure.com", "https://management.azure.com/");

    private final PublicKey entra;
    /** By path in lower case, because names have no case there. */
    private final Map<String, ObjectNode> resources = new ConcurrentSkipListMap<>();
    private final Map<String, Operation> operations = new ConcurrentHashMap<>();
    private final Map<String, String> subscriptions = new TreeMap<>();
    private final List<String> forbidden = new CopyOnWriteArrayList<>();
    private final Set<String> registered = ConcurrentHashMap.newKeySet();
    private final ArmStorage storage = new ArmStorage(this);
    private final ArmRecovery recovery = new ArmRecovery(this);
    private volatile int pageSize = 100;
    private volatile int polls = 2;

    /** Something that takes some polls. */
    private static final class Operation {
        private final Supplier<ObjectNode> end;
        private final String failure;
        private int left;

        private Operation(int left, Supplier<ObjectNode> end, String failure) {
            this.left = left;
            this.end = end;
            this.failure = failure;
        }
    }

    /**
     * Starts it.
     *
     * @param tls what it shows
     * @param clock what it thinks the time is
     * @param entra the key that tokens are signed with
     */
    public ArmDouble(TestTls tls, Clock clock, PublicKey entra) {
        super(tls, clock);
        this.entra = entra;
    }

    /** Adds a subscription with its usual providers; returns its id. */
    public String subscription(String name) {
        String id = UUID.nameUUIDFromBytes(name.getBytes()).toString();
        subscriptions.put(id, name);
        registered.add((id + "/Microsoft.RecoveryServices").toLowerCase(Locale.ROOT));
        return id;
    }

    /** How many elements a page has from now on. */
    public void pageSize(int size) {
        pageSize = size;
    }

    /** How often what takes long says that it is not done. */
    public void polls(int times) {
        polls = times;
    }

    /** Busy for the next requests. */
    public void throttle(int times, int seconds) {
        fail(error(429, "TooManyRequests", "The request was throttled.")
                .with("Retry-After", Integer.toString(seconds)), times);
    }

    /** Forbids changes below a path that contains this, in lower case. */
    public void forbid(String part) {
        forbidden.add(part);
    }

    /** Takes all prohibitions back. */
    public void allowAll() {
        forbidden.clear();
    }

    /** Storage accounts and Key Vaults of others, or deleted ones. */
    public ArmStorage storage() {
        return storage;
    }

    /** Servers with Microsoft's agent. */
    public ArmRecovery recovery() {
        return recovery;
    }

    /** A resource as it is kept, or null. */
    public ObjectNode resource(String path) {
        return resources.get(path.toLowerCase(Locale.ROOT));
    }

    void keep(String path, ObjectNode body) {
        resources.put(path.toLowerCase(Locale.ROOT), body);
    }

    /** All that are kept directly or further below a path. */
    List<ObjectNode> below(String path) {
        String prefix = path.toLowerCase(Locale.ROOT) + "/";
        return resources.entrySet().stream().filter(e -> e.getKey().startsWith(prefix)).map(Map.Entry::getValue)
                .toList();
    }

    @Override
    protected Answer answer(Asked asked) throws IOException {
        Answer refusal = refusal(asked);
        if (refusal != null) {
            return refusal;
        }
        String path = asked.path();
        if (path.startsWith("/operations/")) {
            return operation(path, asked.query().getOrDefault("kind", ""));
        }
        if (!asked.query().containsKey("api-version")) {
            return error(400, "MissingApiVersionParameter", "The api-version query parameter is required.");
        }
        String lower = path.toLowerCase(Locale.ROOT);
        if (!asked.method().equals("GET") && forbidden.stream().anyMatch(lower::contains)) {
            return error(403, "AuthorizationFailed", "The client does not have authorization to perform action "
                    + "over scope '" + path + "' or the scope is invalid.");
        }
        if (lower.equals("/subscriptions")) {
            return page(asked, subscriptions.keySet().stream().map(this::subscriptionBody).toList());
        }
        String[] parts = path.split("/");
        if (parts.length < 3 || !lower.startsWith("/subscriptions/")) {
            return error(404, "NotFound", "There is nothing at " + path + ".");
        }
        String subscription = parts[2];
        if (!subscriptions.containsKey(subscription)) {
            return error(404, "SubscriptionNotFound", "The subscription '" + subscription + "' could not be found.");
        }
        JsonNode body = asked.body().length == 0 ? JSON.createObjectNode() : JSON.readTree(asked.body());
        return route(asked, subscription, lower, parts, body);
    }

    private Answer route(Asked asked, String subscription, String lower, String[] parts, JsonNode body) {
        if (parts.length == 3) {
            return Answer.json(200, subscriptionBody(subscription));
        }
        if (lower.endsWith("/locations") && parts.length == 4) {
            return page(asked, List.of(region("westeurope", "West Europe", "northeurope"),
                    region("northeurope", "North Europe", "westeurope"),
                    region("japaneast", "Japan East", "japanwest")));
        }
        if (parts[3].equalsIgnoreCase("resourcegroups") && parts.length <= 5) {
            return group(asked, subscription, parts, body);
        }
        int at = lower.indexOf("/providers/microsoft.authorization/");
        if (at >= 0) {
            return role(asked, asked.path().substring(0, at), body);
        }
        String group = parts.length > 4 ? parts[4] : "";
        if (parts[3].equalsIgnoreCase("resourceGroups")
                && resource("/subscriptions/" + subscription + "/resourceGroups/" + group) == null) {
            return error(404, "ResourceGroupNotFound", "Resource group '" + group + "' could not be found.");
        }
        if (parts[3].equalsIgnoreCase("providers") && (parts.length == 5 || parts.length == 6)) {
            Answer provider = provider(asked, subscription, parts);
            if (provider != null) {
                return provider;
            }
        }
        String namespace = lower.replaceFirst("^.*/providers/([^/]+).*$", "$1");
        if (asked.method().equals("PUT") && !registered.contains(subscription + "/" + namespace)) {
            return error(409, "MissingSubscriptionRegistration", "The subscription is not registered to use namespace '"
                    + namespace + "'.");
        }
        return switch (namespace) {
            case "microsoft.storage", "microsoft.keyvault" -> storage.answer(asked, lower, body);
            case "microsoft.recoveryservices" -> recovery.answer(asked, lower, body);
            default -> error(404, "InvalidResourceNamespace", "There is no namespace " + namespace + ".");
        };
    }

    private Answer refusal(Asked asked) {
        String header = asked.header("Authorization");
        try {
            Jwt token = Jwt.parse(header.startsWith("Bearer ") ? header.substring(7) : "");
            if (!token.isSignedWith(entra)) {
                return unauthenticated("The access token's signature is invalid.");
            }
            if (!AUDIENCES.contains(token.claims().path("aud").asText())) {
                return unauthenticated("The access token has been obtained for wrong audience or resource '"
                        + token.claims().path("aud").asText() + "'.");
            }
            long now = clock().instant().getEpochSecond();
            return token.claims().path("exp").asLong() > now ? null
                    : error(401, "ExpiredAuthenticationToken", "The access token expiry UTC time is earlier than now.");
        } catch (IllegalArgumentException e) {
            return unauthenticated("The access token is invalid.");
        }
    }

    private static Answer unauthenticated(String text) {
        return error(401, "InvalidAuthenticationToken", text).with("WWW-Authenticate",
                "Bearer authorization_uri=\"https://login.windows.net/\", error=\"invalid_token\"");
    }

    private ObjectNode subscriptionBody(String id) {
        ObjectNode body = JSON.createObjectNode().put("id", "/subscriptions/" + id).put("subscriptionId", id)
                .put("displayName", subscriptions.get(id)).put("state", "Enabled").put("tenantId", EntraDouble.TENANT)
                .put("authorizationSource", "RoleBased");
        body.putObject("subscriptionPolicies").put("locationPlacementId", "Public_2014-09-01")
                .put("quotaId", "PayAsYouGo_2014-09-01").put("spendingLimit", "Off");
        return body;
    }

    private static ObjectNode region(String name, String title, String pair) {
        ObjectNode body = JSON.createObjectNode().put("id", "/subscriptions/s/locations/" + name).put("name", name)
                .put("displayName", title).put("regionalDisplayName", title).put("type", "Region");
        ObjectNode metadata = body.putObject("metadata").put("regionType", "Physical").put("regionCategory",
                name.equals("northeurope") ? "Other" : "Recommended");
        metadata.putArray("pairedRegion").addObject().put("name", pair);
        return body;
    }

    private Answer group(Asked asked, String subscription, String[] parts, JsonNode body) {
        String below = "/subscriptions/" + subscription + "/resourceGroups";
        if (parts.length == 4) {
            return page(asked, below(below).stream()
                    .filter(each -> each.path("type").asText().equals("Microsoft.Resources/resourceGroups")).toList());
        }
        String path = below + "/" + parts[4];
        ObjectNode found = resource(path);
        if (asked.method().equals("GET")) {
            return found == null
                    ? error(404, "ResourceGroupNotFound", "Resource group '" + parts[4] + "' could not be found.")
                    : Answer.json(200, found);
        }
        ObjectNode made = JSON.createObjectNode().put("id", path).put("name", parts[4])
                .put("type", "Microsoft.Resources/resourceGroups").put("location", body.path("location").asText());
        made.putObject("properties").put("provisioningState", "Succeeded");
        keep(path, made);
        return Answer.json(found == null ? 201 : 200, made);
    }

    private Answer provider(Asked asked, String subscription, String[] parts) {
        String key = (subscription + "/" + parts[4]).toLowerCase(Locale.ROOT);
        if (parts.length == 6 && !parts[5].equals("register")) {
            return null;
        }
        if (parts.length == 6) {
            registered.add(key);
        }
        return Answer.json(200, JSON.createObjectNode().put("id", "/subscriptions/" + subscription + "/providers/"
                + parts[4]).put("namespace", parts[4])
                .put("registrationState", registered.contains(key) ? "Registered" : "NotRegistered"));
    }

    private Answer role(Asked asked, String scope, JsonNode body) {
        String list = scope + "/providers/Microsoft.Authorization/roleAssignments";
        if (asked.method().equals("GET")) {
            String wanted = asked.query().getOrDefault("$filter", "").replaceFirst("^principalId eq '(.*)'$", "$1");
            return page(asked, below(list).stream().filter(each -> wanted.isEmpty()
                    || each.at("/properties/principalId").asText().equals(wanted)).toList());
        }
        JsonNode given = body.path("properties");
        for (ObjectNode other : below(list)) {
            boolean same = other.at("/properties/principalId").equals(given.path("principalId"))
                    && other.at("/properties/roleDefinitionId").asText()
                            .endsWith(given.path("roleDefinitionId").asText().replaceFirst("^.*/", "/"));
            if (same) {
                return error(409, "RoleAssignmentExists", "The role assignment already exists.");
            }
        }
        ObjectNode made = JSON.createObjectNode().put("id", asked.path())
                .put("name", asked.path().substring(asked.path().lastIndexOf('/') + 1))
                .put("type", "Microsoft.Authorization/roleAssignments");
        made.putObject("properties").put("roleDefinitionId", given.path("roleDefinitionId").asText())
                .put("principalId", given.path("principalId").asText())
                .put("principalType", given.path("principalType").asText("User")).put("scope", scope);
        keep(asked.path(), made);
        return Answer.json(201, made);
    }

    /** A part of a list, with a link to the next one. */
    Answer page(Asked asked, List<ObjectNode> all) {
        int from = Integer.parseInt(asked.query().getOrDefault("$skiptoken", "0"));
        ObjectNode body = JSON.createObjectNode();
        ArrayNode value = body.putArray("value");
        all.stream().skip(from).limit(pageSize).forEach(value::add);
        if (from + pageSize < all.size()) {
            var rest = new ArrayList<String>();
            asked.query().forEach((name, text) -> {
                if (!name.equals("$skiptoken")) {
                    rest.add(name + "=" + text.replace(" ", "%20").replace("'", "%27").replace(":", "%3A"));
                }
            });
            rest.add("$skiptoken=" + (from + pageSize));
            body.put("nextLink", url() + asked.path().replace(" ", "%20") + "?" + String.join("&", rest));
        }
        return Answer.json(200, body);
    }

    /** 202 with an address that answers 202 until it is done, and then with what was made. */
    Answer located(Supplier<ObjectNode> end) {
        String id = UUID.randomUUID().toString();
        operations.put(id, new Operation(polls, end, ""));
        return Answer.status(202).with("Location", url() + "/operations/" + id + "?kind=location")
                .with("Retry-After", "0");
    }

    /** 201 with an address that tells how far it is, and in the end that it is done, or that it failed. */
    Answer asynchronous(int status, ObjectNode begun, Supplier<ObjectNode> end, String failure) {
        String id = UUID.randomUUID().toString();
        operations.put(id, new Operation(polls, end, failure));
        Answer answer = begun == null ? Answer.status(status) : Answer.json(status, begun);
        return answer.with("Azure-AsyncOperation", "/operations/" + id + "?kind=async").with("Retry-After", "0");
    }

    private Answer operation(String path, String kind) {
        String id = path.substring("/operations/".length());
        Operation operation = operations.get(id);
        if (operation == null) {
            return error(404, "OperationNotFound", "There is no operation " + id + ".");
        }
        boolean done;
        synchronized (operation) {
            done = operation.left-- <= 0;
        }
        if (kind.equals("location")) {
            return done ? Answer.json(200, operation.end.get())
                    : Answer.status(202).with("Location", url() + path + "?kind=location").with("Retry-After", "0");
        }
        ObjectNode state = JSON.createObjectNode().put("id", path).put("name", id).put("status",
                !done ? "InProgress" : operation.failure.isEmpty() ? "Succeeded" : "Failed");
        if (done && operation.failure.isEmpty()) {
            operation.end.get();
        } else if (done) {
            state.putObject("error").put("code", operation.failure).put("message", "It could not be done.");
        }
        return Answer.json(200, state).with("Retry-After", "0");
    }

    static Answer error(int status, String code, String message) {
        ObjectNode body = JSON.createObjectNode();
        body.putObject("error").put("code", code).put("message", message);
        return Answer.json(status, body);
    }
}
