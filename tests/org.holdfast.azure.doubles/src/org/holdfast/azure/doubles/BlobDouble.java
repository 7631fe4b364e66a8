package org.holdfast.azure.doubles;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Blob storage with what the emulator lacks: version-level immutability that holds, and a limit of its bytes. It takes
 * tokens of our double of Entra ID for storage, and verifies them: signature, audience, time.
 */
public final class BlobDouble extends HttpsDouble {
    /** The account. */
    public static final String ACCOUNT = "doubleaccount";
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);
    private static final Pattern BLOCK = Pattern.compile("<Latest>([^<]*)</Latest>");
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");
    private static final String UNTIL = "x-ms-immutability-policy-until-date";
    private static final String MODE = "x-ms-immutability-policy-mode";

    private final EntraDouble entra;
    private final boolean immutability;
    private final Map<String, NavigableMap<String, Blob>> containers = new HashMap<>();
    private final Map<String, byte[]> blocks = new HashMap<>();
    private long room = Long.MAX_VALUE;
    private int damaged;

    private static final class Blob {
        private final byte[] bytes;
        private final Map<String, String> metadata = new TreeMap<>();
        private final Instant made;
        private final String tag = "\"0x" + UUID.randomUUID().toString().replace("-", "").substring(0, 15) + "\"";
        private String tier = "";
        private Instant until = Instant.MIN;
        private String mode = "";

        Blob(byte[] bytes, Instant made) {
            this.bytes = bytes;
            this.made = made;
        }
    }

    /**
     * Starts it.
     *
     * @param tls what it shows
     * @param clock what it thinks the time is
     * @param entra whose tokens it takes
     * @param immutability whether containers are made with version-level immutability
     */
    public BlobDouble(TestTls tls, Clock clock, EntraDouble entra, boolean immutability) {
        super(tls, clock);
        this.entra = entra;
        this.immutability = immutability;
    }

    /** The location of a container in it, as stores take it. */
    public String location(String container) {
        return "azure://127.0.0.1:" + port() + "/" + ACCOUNT + "/" + container;
    }

    /** It has room for so many bytes more. */
    public synchronized void room(long bytes) {
        room = bytes;
    }

    /** The next bodies have a bit turned on the way. */
    public synchronized void damage(int bodies) {
        damaged = bodies;
    }

    /** The tier that a blob was put into, empty for that of the account. */
    public synchronized String tier(String container, String name) {
        return containers.get(container).get(name).tier;
    }

    /** Until when a blob is locked. */
    public synchronized Instant lockedUntil(String container, String name) {
        return containers.get(container).get(name).until;
    }

    /** How many blobs there are in a container. */
    public synchronized int count(String container) {
        return containers.getOrDefault(container, new TreeMap<>()).size();
    }

    @Override
    protected synchronized Answer answer(Asked asked) {
        if (!isSignedIn(asked.header("Authorization"))) {
            return error(401, "InvalidAuthenticationInfo");
        }
        String[] parts = asked.path().split("/", 4);
        String operation = asked.query().getOrDefault("comp", "");
        String type = asked.query().getOrDefault("restype", "");
        if (type.equals("account")) {
            return Answer.status(200).with("x-ms-sku-name", "Standard_ZRS").with("x-ms-account-kind", "StorageV2");
        }
        if (parts.length < 3 || !parts[1].equals(ACCOUNT)) {
            return error(400, "InvalidUri");
        }
        NavigableMap<String, Blob> container = containers.get(parts[2]);
        if (type.equals("container")) {
            return switch (asked.method() + operation) {
                case "PUT" -> make(parts[2]);
                case "GET", "HEAD" -> container == null ? error(404, "ContainerNotFound")
                        : Answer.status(200)
                                .with("ETag", "\"0x1\"").with("Last-Modified", date(clock().instant()))
                                .with("x-ms-lease-status", "unlocked").with("x-ms-lease-state", "available");
                case "GETlist" -> container == null ? error(404, "ContainerNotFound") : list(container, asked);
                default -> error(400, "UnsupportedQueryParameter");
            };
        }
        return container == null ? error(404, "ContainerNotFound") : blob(container, parts[3], operation, asked);
    }

    private boolean isSignedIn(String authorization) {
        if (!authorization.startsWith("Bearer ")) {
            return false;
        }
        Jwt token = Jwt.parse(authorization.substring("Bearer ".length()));
        return token.isSignedWith(entra.key())
                && token.claims().path("aud").asText().startsWith("https://storage.azure.com")
                && token.claims().path("exp").asLong() > clock().instant().getEpochSecond();
    }

    private Answer make(String name) {
        if (containers.containsKey(name)) {
            return error(409, "ContainerAlreadyExists");
        }
        containers.put(name, new TreeMap<>());
        return Answer.status(201).with("ETag", "\"0x1\"").with("Last-Modified", date(clock().instant()));
    }

    private Answer blob(NavigableMap<String, Blob> container, String name, String operation, Asked asked) {
        Blob blob = container.get(name);
        return switch (asked.method() + operation) {
            case "PUT" -> put(container, name, asked.body(), asked);
            case "PUTblock" -> {
                blocks.put(name + "/" + asked.query().get("blockid"), asked.body());
                yield isAsSent(asked, asked.body()) ? Answer.status(201) : error(400, "Md5Mismatch");
            }
            case "PUTblocklist" -> commit(container, name, asked);
            case "GET", "HEAD" -> blob == null ? error(404, "BlobNotFound") : read(blob, asked);
            case "DELETE" -> delete(container, name, blob);
            case "PUTimmutabilityPolicies" -> blob == null ? error(404, "BlobNotFound") : lock(blob, asked);
            case "DELETEimmutabilityPolicies" -> unlock(blob);
            default -> error(400, "UnsupportedQueryParameter");
        };
    }

    private boolean isAsSent(Asked asked, byte[] bytes) {
        if (damaged > 0 && bytes.length > 0) {
            damaged--;
            bytes[0] ^= 1;
        }
        String md5 = asked.header("Content-MD5");
        try {
            return md5.isEmpty() || Arrays.equals(Base64.getDecoder().decode(md5),
                    MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private Answer commit(NavigableMap<String, Blob> container, String name, Asked asked) {
        var bytes = new java.io.ByteArrayOutputStream();
        Matcher ids = BLOCK.matcher(new String(asked.body(), StandardCharsets.UTF_8));
        List<String> used = new ArrayList<>();
        while (ids.find()) {
            byte[] block = blocks.get(name + "/" + ids.group(1));
            if (block == null) {
                return error(400, "InvalidBlockList");
            }
            bytes.writeBytes(block);
            used.add(name + "/" + ids.group(1));
        }
        used.forEach(blocks::remove);
        return make(container, name, bytes.toByteArray(), asked);
    }

    private Answer put(NavigableMap<String, Blob> container, String name, byte[] bytes, Asked asked) {
        if (!asked.header("x-ms-blob-type").equals("BlockBlob")) {
            return error(400, "MissingRequiredHeader");
        }
        return isAsSent(asked, bytes) ? make(container, name, bytes, asked) : error(400, "Md5Mismatch");
    }

    private Answer make(NavigableMap<String, Blob> container, String name, byte[] bytes, Asked asked) {
        Blob there = container.get(name);
        if (there != null) {
            if (asked.header("If-None-Match").equals("*")) {
                return error(409, "BlobAlreadyExists");
            }
            if (isLocked(there)) {
                return error(409, "BlobImmutableDueToPolicy");
            }
        }
        if (bytes.length > room) {
            return error(507, "InsufficientStorage");
        }
        Blob made = new Blob(bytes, clock().instant());
        made.tier = asked.header("x-ms-access-tier");
        asked.exchange().getRequestHeaders().forEach((header, values) -> {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("x-ms-meta-")) {
                made.metadata.put(lower, values.getFirst());
            }
        });
        if (!asked.header(UNTIL).isEmpty()) {
            Answer refused = lock(made, asked);
            if (refused.status() != 200) {
                return refused;
            }
        }
        room -= bytes.length;
        container.put(name, made);
        return Answer.status(201).with("ETag", made.tag).with("Last-Modified", date(made.made))
                .with("x-ms-request-server-encrypted", "true");
    }

    private boolean isLocked(Blob blob) {
        return blob.until.isAfter(clock().instant());
    }

    private Answer lock(Blob blob, Asked asked) {
        if (!immutability) {
            return error(409, "ImmutabilityPolicyNotSupported");
        }
        Instant until = ZonedDateTime.parse(asked.header(UNTIL), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        String mode = asked.header(MODE).toLowerCase(Locale.ROOT);
        if (blob.mode.equals("locked") && (until.isBefore(blob.until) || !mode.equals("locked"))) {
            return error(409, "BlobImmutabilityPolicyExists");
        }
        blob.until = until;
        blob.mode = mode;
        return Answer.status(200).with(UNTIL, date(until)).with(MODE, mode);
    }

    private Answer unlock(Blob blob) {
        if (blob == null) {
            return error(404, "BlobNotFound");
        }
        if (blob.mode.equals("locked") && isLocked(blob)) {
            return error(409, "BlobImmutableDueToPolicy");
        }
        blob.until = Instant.MIN;
        blob.mode = "";
        return Answer.status(200);
    }

    private Answer delete(NavigableMap<String, Blob> container, String name, Blob blob) {
        if (blob == null) {
            return error(404, "BlobNotFound");
        }
        if (isLocked(blob)) {
            return error(409, "BlobImmutableDueToPolicy");
        }
        container.remove(name);
        room += room == Long.MAX_VALUE ? 0 : blob.bytes.length;
        return Answer.status(202);
    }

    private Answer read(Blob blob, Asked asked) {
        String wanted = asked.header("x-ms-range").isEmpty() ? asked.header("Range") : asked.header("x-ms-range");
        int from = 0;
        int to = blob.bytes.length;
        Matcher range = RANGE.matcher(wanted);
        boolean part = range.matches() && asked.method().equals("GET");
        if (part) {
            long first = Long.parseLong(range.group(1));
            if (first >= blob.bytes.length) {
                return error(416, "InvalidRange");
            }
            from = (int) first;
            to = (int) Math.min(blob.bytes.length, range.group(2).isEmpty() ? Long.MAX_VALUE
                    : Long.parseLong(range.group(2)) + 1);
        }
        Map<String, String> headers = new HashMap<>(blob.metadata);
        headers.put("ETag", blob.tag);
        headers.put("Last-Modified", date(blob.made));
        headers.put("x-ms-blob-type", "BlockBlob");
        headers.put("x-ms-creation-time", date(blob.made));
        headers.put("x-ms-lease-status", "unlocked");
        headers.put("x-ms-lease-state", "available");
        headers.put("Content-Type", "application/octet-stream");
        headers.put("Accept-Ranges", "bytes");
        if (part) {
            headers.put("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + blob.bytes.length);
        }
        if (asked.method().equals("HEAD")) {
            headers.put("Content-Length", String.valueOf(blob.bytes.length));
        }
        return new Answer(part ? 206 : 200, headers, Arrays.copyOfRange(blob.bytes, from, to));
    }

    private Answer list(NavigableMap<String, Blob> container, Asked asked) {
        String prefix = asked.query().getOrDefault("prefix", "");
        String marker = asked.query().getOrDefault("marker", "");
        int most = Integer.parseInt(asked.query().getOrDefault("maxresults", "5000"));
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?><EnumerationResults "
                + "ServiceEndpoint=\"" + url() + "\" ContainerName=\"c\"><Prefix>" + prefix + "</Prefix><Blobs>");
        int count = 0;
        String next = "";
        for (Map.Entry<String, Blob> each : container.tailMap(marker.isEmpty() ? prefix : marker, true).entrySet()) {
            if (!each.getKey().startsWith(prefix)) {
                break;
            }
            if (count++ == most) {
                next = each.getKey();
                break;
            }
            Blob blob = each.getValue();
            xml.append("<Blob><Name>").append(each.getKey()).append("</Name><Properties><Creation-Time>")
                    .append(date(blob.made)).append("</Creation-Time><Last-Modified>").append(date(blob.made))
                    .append("</Last-Modified><Etag>").append(blob.tag.replace("\"", ""))
                    .append("</Etag><Content-Length>").append(blob.bytes.length)
                    .append("</Content-Length><Content-Type>application/octet-stream</Content-Type>")
                    .append("<BlobType>BlockBlob</BlobType></Properties></Blob>");
        }
        xml.append("</Blobs><NextMarker>").append(next).append("</NextMarker></EnumerationResults>");
        return new Answer(200, Map.of("Content-Type", "application/xml"),
                xml.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String date(Instant instant) {
        return DATE.format(instant.atOffset(ZoneOffset.UTC));
    }

    private static Answer error(int status, String code) {
        String xml = "<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>" + code + "</Code><Message>" + code
                + "</Message></Error>";
        return new Answer(status, Map.of("Content-Type", "application/xml", "x-ms-error-code", code),
                xml.getBytes(StandardCharsets.UTF_8));
    }
}
