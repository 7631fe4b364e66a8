package org.holdfast.protocol.agent;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A question about files, only ever sealed for the agent that answers.
 *
 * @param kind {@code browse} (entries of a folder of a point), {@code find} (paths in a point or in all points),
 *        {@code entry} (one path), {@code source} (entries of a folder of the server itself, to choose items or a place
 *        to restore to), {@code dry-run} (what a restore would do there), {@code exclusions} (what they
 *        would leave out of a backup there)
 * @param server id of the server that is to answer
 * @param asked when it was asked; agents refuse questions that are older than a few minutes
 * @param replyKey X25519 public key of the asker, 32 bytes, made for this question alone
 * @param point id of the point; null for {@code source}, and for {@code find} in all points
 * @param path the folder or entry as bytes, or null for the top
 * @param pattern what to find, see {@code FindRequest}, or null
 * @param after last name of the page before as bytes, for {@code find} what {@link #afterFound} makes of the last
 *         entry; null for the first page
 * @param limit most entries wanted, 1 to 10 000
 * @param restore for {@code dry-run}: what to try; its job is an id of the asker's, the same while asking again
 * @param exclusions for {@code exclusions}: what to try
 */
public record AskRequest(String kind, String server, Instant asked, byte[] replyKey, @Nullable String point,
        byte @Nullable [] path, @Nullable String pattern, byte @Nullable [] after, int limit,
        @Nullable RestoreRequest restore, @Nullable ExclusionTrial exclusions) {
    /** A question about files. */
    public AskRequest(String kind, String server, Instant asked, byte[] replyKey, @Nullable String point,
            byte @Nullable [] path, @Nullable String pattern, byte @Nullable [] after, int limit) {
        this(kind, server, asked, replyKey, point, path, pattern, after, limit, null, null);
    }

    /** What would a restore do? */
    public static AskRequest dryRun(RestoreRequest restore, Instant asked, byte[] replyKey) {
        return new AskRequest("dry-run", restore.server(), asked, replyKey, restore.point(), null, null, null, 1,
                restore, null);
    }

    /** What would exclusions leave out? */
    public static AskRequest exclusions(ExclusionTrial trial, String server, Instant asked, byte[] replyKey,
            int limit) {
        return new AskRequest("exclusions", server, asked, replyKey, null, null, null, null, limit, null, trial);
    }

    /**
     * Where the next page of what was found begins: paths are in order of their bytes, versions of one in order of
     * their points.
     *
     * @param path the whole path of the last entry
     * @param point the point it was found in
     */
    public static byte[] afterFound(byte[] path, String point) {
        byte[] id = point.getBytes(StandardCharsets.US_ASCII);
        byte[] key = Arrays.copyOf(path, path.length + 1 + id.length);
        System.arraycopy(id, 0, key, path.length + 1, id.length);
        return key;
    }
}
