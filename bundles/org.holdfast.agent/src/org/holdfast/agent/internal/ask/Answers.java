package org.holdfast.agent.internal.ask;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.internal.jobs.Failures;
import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.ProgressSink;
import org.holdfast.api.RawPath;
import org.holdfast.api.vault.Entry;
import org.holdfast.api.vault.EntryType;
import org.holdfast.api.vault.FindRequest;
import org.holdfast.api.vault.Listing;
import org.holdfast.api.vault.OpenVault;
import org.holdfast.crypto.SealedBox;
import org.holdfast.protocol.agent.AskAnswer;
import org.holdfast.protocol.agent.AskEntry;
import org.holdfast.protocol.agent.AskOrder;
import org.holdfast.protocol.agent.AskRequest;
import org.holdfast.protocol.common.Json;

/**
 * Answers questions about files in recovery points and on this server, sealed for whoever asked. The keys stay open for
 * a few minutes after a question, because people browse step by step and deriving them takes a second.
 */
public final class Answers implements AutoCloseable {
    private static final int MOST = 10_000;
    private static final int SEARCH_SECONDS = 25;
    private static final int KEPT_OPEN_MINUTES = 5;

    private final Opener opener;
    private final DryRuns dryRuns;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("holdfast-answers").daemon().factory());
    private @Nullable OpenVault open;
    private @Nullable ScheduledFuture<?> closing;
    private int users;

    /** Opens domains. */
    @FunctionalInterface
    public interface Opener {
        /**
         * Opens one.
         *
         * @param server of another server, null for this one
         * @param passphrase of the other server's data, not wiped; null to take this server's own
         */
        OpenVault open(@Nullable String server, char @Nullable [] passphrase);
    }

    /** @param serverId this server */
    public Answers(Opener opener, String serverId) {
        this.opener = opener;
        this.dryRuns = new DryRuns(opener, serverId);
    }

    /** The answer, sealed for the reply key of the question. */
    public byte[] answer(AskRequest request) {
        AskAnswer answer;
        try {
            answer = find(request);
        } catch (HoldfastException e) {
            // The asker holds the passphrase, so the names in the message are no secret.
            answer = new AskAnswer(List.of(), false, Failures.of(e, true));
        }
        byte[] json = Json.bytes(answer);
        while (json.length > AskOrder.MAX_ANSWER_BYTES - SealedBox.OVERHEAD_BYTES) {
            List<AskEntry> entries = answer.entries();
            answer = new AskAnswer(entries.subList(0, entries.size() / 2), true, answer.failure(), answer.dryRun(),
                    answer.exclusions());
            json = Json.bytes(answer);
        }
        return SealedBox.seal(request.replyKey(), AskOrder.ANSWER_CONTEXT, json);
    }

    private AskAnswer find(AskRequest request) {
        int limit = Math.max(1, Math.min(MOST, request.limit()));
        if ("source".equals(request.kind())) {
            return source(request, limit);
        }
        if ("dry-run".equals(request.kind())) {
            return new AskAnswer(List.of(), false, null, dryRuns.ask(request.restore()), null);
        }
        OpenVault vault = use();
        try {
            return switch (request.kind() == null ? "" : request.kind()) {
                case "browse" -> browse(vault, request, limit);
                case "entry" -> new AskAnswer(
                        List.of(entry(vault.entry(point(request), path(request)), false, null)), false, null);
                case "find" -> search(vault, request, limit);
                case "exclusions" -> new AskAnswer(List.of(), false, null, null,
                        LeftOutWalk.look(vault, request.exclusions(), limit, timer));
                default -> throw new HoldfastException(Problem.INVALID_REQUEST,
                        "This agent does not know that kind of question.", "Update the agent.");
            };
        } finally {
            done();
        }
    }

    private synchronized OpenVault use() {
        OpenVault vault = open;
        if (vault == null) {
            vault = opener.open(null, null);
            open = vault;
        }
        users++;
        return vault;
    }

    private synchronized void done() {
        users--;
        ScheduledFuture<?> before = closing;
        if (before != null) {
            before.cancel(false);
        }
        closing = timer.schedule(this::closeIdle, KEPT_OPEN_MINUTES, TimeUnit.MINUTES);
    }

    private synchronized void closeIdle() {
        OpenVault vault = open;
        if (vault != null && users == 0) {
            open = null;
            vault.close();
        }
    }

    private static String point(AskRequest request) {
        String point = request.point();
        if (point == null) {
            throw new HoldfastException(Problem.INVALID_REQUEST, "The question names no recovery point.", "");
        }
        return point;
    }

    private static RawPath path(AskRequest request) {
        byte[] path = request.path();
        return path == null ? RawPath.EMPTY : RawPath.of(path);
    }

    private static AskAnswer browse(OpenVault vault, AskRequest request, int limit) {
        String point = point(request);
        RawPath path = path(request);
        int from = 0;
        byte[] after = request.after();
        int total = vault.list(point, path, 0, 1).total();
        if (after != null) {
            // Names are in order of their bytes, so the page begins behind the last name that is not greater.
            int low = 0;
            int high = total;
            while (low < high) {
                int middle = (low + high) >>> 1;
                List<Entry> one = vault.list(point, path, middle, 1).entries();
                boolean before = !one.isEmpty()
                        && Arrays.compareUnsigned(one.getFirst().path().name(), after) <= 0;
                low = before ? middle + 1 : low;
                high = before ? high : middle;
            }
            from = low;
        }
        Listing listing = vault.list(point, path, from, limit);
        return new AskAnswer(listing.entries().stream().map(e -> entry(e, false, null)).toList(),
                from + listing.entries().size() < listing.total(), null);
    }

    private AskAnswer search(OpenVault vault, AskRequest request, int limit) {
        String pattern = request.pattern();
        if (pattern == null || pattern.isBlank()) {
            throw new HoldfastException(Problem.INVALID_REQUEST, "The question names no pattern.", "");
        }
        var cancel = new CancelToken();
        var stop = timer.schedule(cancel::cancel, SEARCH_SECONDS, TimeUnit.SECONDS);
        // The whole search for each page, in an order of its own: so pages fit together whatever comes in between.
        var found = new TreeMap<byte[], AskEntry>(Arrays::compareUnsigned);
        byte[] after = request.after();
        boolean more = false;
        try {
            String point = request.point();
            vault.find(new FindRequest(pattern, point == null ? List.of() : List.of(point), -1, -1, null, null),
                    hit -> {
                        byte[] key = AskRequest.afterFound(hit.entry().path().bytes(), hit.point().id());
                        if (after == null || Arrays.compareUnsigned(key, after) > 0) {
                            synchronized (found) {
                                found.put(key, entry(hit.entry(), true, hit.point().id()));
                                if (found.size() > limit + 1) {
                                    found.pollLastEntry();
                                }
                            }
                        }
                    }, ProgressSink.NONE, cancel);
        } catch (HoldfastException e) {
            if (e.problem() != Problem.CANCELLED) {
                throw e;
            }
            more = true;
        } finally {
            stop.cancel(false);
        }
        synchronized (found) {
            more |= found.size() > limit;
            return new AskAnswer(found.values().stream().limit(limit).toList(), more, null);
        }
    }

    private static AskEntry entry(Entry e, boolean wholePath, @Nullable String point) {
        return new AskEntry(e.path().name(), wholePath ? e.path().bytes() : null, e.type(), e.size(), e.modified(),
                e.mode(), e.owner(), e.group(),
                e.linkTarget() == null ? null : e.linkTarget().getBytes(StandardCharsets.UTF_8), point);
    }

    private static AskAnswer source(AskRequest request, int limit) {
        RawPath path = request.path() == null ? RawPath.ROOT : RawPath.of(request.path());
        if (!path.isAbsolute() || !path.isText()) {
            throw new HoldfastException(Problem.INVALID_REQUEST, "'" + path + "' is not an absolute path.", "");
        }
        List<Path> names;
        try (Stream<Path> all = Files.list(Path.of(path.toString()))) {
            byte[] after = request.after();
            names = all.filter(p -> after == null || Arrays.compareUnsigned(bytes(p), after) > 0)
                    .sorted((a, b) -> Arrays.compareUnsigned(bytes(a), bytes(b))).limit(limit + 1L).toList();
        } catch (IOException e) {
            throw new HoldfastException(Problem.PATH_NOT_FOUND, "'" + path + "' cannot be listed.",
                    "Check that it is a folder that the agent may read.", e);
        }
        return new AskAnswer(names.stream().limit(limit).map(Answers::ofSource).toList(), names.size() > limit, null);
    }

    private static byte[] bytes(Path path) {
        return path.getFileName().toString().getBytes(StandardCharsets.UTF_8);
    }

    private static AskEntry ofSource(Path path) {
        try {
            var a = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            EntryType type = a.isDirectory() ? EntryType.DIRECTORY
                    : a.isSymbolicLink() ? EntryType.SYMBOLIC_LINK : EntryType.FILE;
            String owner = a instanceof PosixFileAttributes posix ? posix.owner().getName() : "";
            return new AskEntry(bytes(path), null, type, a.isRegularFile() ? a.size() : -1,
                    a.lastModifiedTime().toInstant(), -1, owner, "", null, null);
        } catch (IOException e) {
            return new AskEntry(bytes(path), null, EntryType.FILE, -1, null, -1, "", "", null, null);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        dryRuns.close();
        synchronized (this) {
            OpenVault vault = open;
            if (vault != null) {
                open = null;
                vault.close();
            }
        }
    }
}
