package org.holdfast.cli.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

import org.holdfast.api.fleet.DrillState;
import org.holdfast.api.fleet.JobKind;
import org.holdfast.api.fleet.JobResult;
import org.holdfast.api.fleet.JobState;
import org.holdfast.api.fleet.JobSummary;
import org.holdfast.api.fleet.JobTrigger;
import org.holdfast.api.fleet.PolicyOrigin;
import org.holdfast.api.fleet.ServerState;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.spi.store.ObjectInfo;
import org.holdfast.protocol.common.Json;
import org.holdfast.protocol.common.Page;
import org.holdfast.protocol.data.ObjectEntry;

/** Answers of a vault server as files, for the rehearsal: one server, its objects, and one job that is done. */
public final class CannedVault {
    /** Name of the vault. */
    public static final String VAULT = "rehearsal";
    /** Name of its server. */
    public static final String SERVER = "db-01";
    private static final String ID = "00000000-0000-4000-8000-000000000001";

    private final Path folder;
    private final Instant now;

    /** @param folder what the server sends the files of */
    public CannedVault(Path folder, Instant now) {
        this.folder = folder;
        this.now = now;
    }

    /**
     * Writes the answers.
     *
     * @param objects of the server
     */
    public void write(BlobStore objects) throws IOException {
        Path vault = folder.resolve("api/v1/vaults").resolve(VAULT);
        JobSummary job = new JobSummary(ID, VAULT, ID, SERVER, JobKind.BACKUP, JobState.DONE, JobTrigger.REQUEST,
                "administrator", now, now, now, null, List.of("/srv"), "nightly", 1, null, null, null,
                new JobResult(ID, 3, 4, 1, 1, 1, 0, 4, 4, 0, 0.5, false), null, Map.of(), null);
        put(vault.resolve("servers.json"), new Page<>(List.of(server()), null, 1L));
        put(vault.resolve("jobs.json"), new Page<>(List.of(job), null, 1L));
        put(vault.resolve("jobs.post"), job);
        put(vault.resolve("jobs").resolve(ID + ".json"), job);
        put(vault.resolve("points.json"), new Page<>(List.of(), null, 0L));
        put(vault.resolve("alerts.json"), new Page<>(List.of(), null, 0L));
        var list = new ByteArrayOutputStream();
        Path place = vault.resolve("servers").resolve(ID).resolve("objects");
        objects.list("", info -> copy(objects, info, place, list));
        Files.write(place.resolveSibling("objects.json"), list.toByteArray());
    }

    private ServerSummary server() {
        return new ServerSummary(ID, VAULT, SERVER, SERVER, ID, List.of("192.0.2.1"), "Linux", "1.0", List.of("db"),
                Map.of(), ServerState.PROTECTED, "", true, now, now, now, now.plus(1, ChronoUnit.DAYS), "nightly", 1,
                PolicyOrigin.SERVER, null, 0, 0, 1, 4, 0, 0, null, null, null, DrillState.WAITING,
                null);
    }

    private static void copy(BlobStore objects, ObjectInfo info, Path place, ByteArrayOutputStream list) {
        try {
            Path file = place.resolve(info.name());
            Files.createDirectories(file.getParent());
            Files.write(file, objects.get(info.name(), Integer.MAX_VALUE - 8));
            list.writeBytes(Json.bytes(new ObjectEntry(info.name(), info.size(), info.modified())));
            list.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The sign-in of somebody there.
     *
     * @param address host and port
     * @param fingerprint of its certificate
     */
    public byte[] login(String address, String fingerprint) {
        return Json.text(Map.of("address", address, "fingerprint", fingerprint, "user", "administrator", "token",
                "rehearsal", "expires", now.plus(1, ChronoUnit.DAYS), "vault", VAULT)).getBytes(StandardCharsets.UTF_8);
    }

    private static void put(Path file, Object value) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, Json.bytes(value));
    }
}
