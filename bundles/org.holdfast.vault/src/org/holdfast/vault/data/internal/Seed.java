package org.holdfast.vault.data.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.holdfast.api.spi.store.ObjectInfo;
import org.holdfast.api.spi.store.ObjectNames;
import org.holdfast.crypto.DomainProof;
import org.holdfast.protocol.common.Json;
import org.holdfast.protocol.data.SeedStatement;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.catalog.data.DataServerRow;

/**
 * The folder of a seed: what it says, and whether that holds. Whoever carried the disk may have changed anything on it.
 *
 * @param folder the folder
 * @param statement what it says, genuine
 * @param objects what it says there is, in the order in which it is to be stored: packs, segments, points
 */
public record Seed(Path folder, SeedStatement statement, List<Item> objects) {
    private static final int LARGEST_STATEMENT = 16 << 20;
    private static final String POINTS = "points/";
    private static final Pattern LINE = Pattern.compile("([a-z]+/[0-9a-z-]+) ([0-9]{1,12})");

    /**
     * An object.
     *
     * @param name its name
     * @param bytes its length
     */
    public record Item(String name, long bytes) {
        private int order() {
            return name.startsWith(POINTS) ? 2 : name.startsWith("index/") ? 1 : 0;
        }

        /** Whether it is a recovery point. */
        public boolean isPoint() {
            return order() == 2;
        }

        /** Whether it is a pack. */
        public boolean isPack() {
            return order() == 0;
        }
    }

    /** Reads what a seed says and makes sure that it is this server's and was not changed. */
    public static Seed read(Path folder, UUID vault, DataServerRow server) throws IOException {
        SeedStatement said = statement(folder);
        if (!said.format().equals(SeedStatement.FORMAT)) {
            throw refused("seed-altered", "The folder is no seed.", "Give the folder that 'holdfast-agent seed' made.");
        }
        if (said.version() != SeedStatement.VERSION) {
            throw refused("seed-unsupported", "The seed is of a version that this vault does not know.",
                    "Update the vault.");
        }
        if (!said.vault().equals(vault.toString()) || !said.server().equals(server.server().toString())
                || !said.domain().equals(server.domain())) {
            throw refused("seed-of-another-server", "The seed was made by another server, or for another vault.",
                    "Name the server that made it.");
        }
        String key = server.publicKey();
        if (key == null || !DomainProof.verify(HexFormat.of().parseHex(key), SeedStatement.PURPOSE, said.signed(),
                said.proof())) {
            throw refused("seed-altered", "What the seed says was not signed by a holder of the server's passphrase.",
                    "Do not use this disk; make the seed again.");
        }
        List<Item> items = items(folder, said);
        items.sort(Comparator.comparingInt(Item::order).thenComparing(Item::name));
        return new Seed(folder, said, List.copyOf(items));
    }

    private static SeedStatement statement(Path folder) throws IOException {
        Path file = folder.resolve(SeedStatement.FILE);
        try {
            if (Files.size(file) > LARGEST_STATEMENT) {
                throw refused("seed-altered", "What the seed says is too long.", "");
            }
        } catch (NoSuchFileException e) {
            throw refused("seed-incomplete", "There is no finished seed in that folder.",
                    "Let 'holdfast-agent seed' end, and copy all of its folder.");
        }
        byte[] bytes = Files.readAllBytes(file);
        try {
            return Json.read(bytes, SeedStatement.class);
        } catch (IOException e) {
            throw refused("seed-altered", "What the seed says cannot be read.", "Copy it again.");
        }
    }

    private static List<Item> items(Path folder, SeedStatement said) throws IOException {
        Path file = folder.resolve(SeedStatement.CONTENTS);
        // Before a line of it is looked at, for what was not signed can be anything.
        if (!hash(file).equals(said.contents())) {
            throw listAltered();
        }
        List<Item> items = new ArrayList<>();
        Set<String> points = new TreeSet<>();
        long bytes = 0;
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.US_ASCII)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Item item = item(line);
                items.add(item);
                bytes += item.bytes();
                if (item.isPoint()) {
                    points.add(item.name().substring(POINTS.length()));
                }
            }
        }
        if (items.size() != said.objects() || bytes != said.bytes() || !points.equals(new TreeSet<>(said.points()))) {
            throw listAltered();
        }
        return items;
    }

    private static String hash(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchFileException e) {
            throw refused("seed-incomplete", "The list of the seed's objects is missing.", "Copy the folder again.");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static Refusal listAltered() {
        return refused("seed-altered", "The list of the seed's objects is not the one that was signed.",
                "Copy the folder again.");
    }

    private static Item item(String line) {
        Matcher parts = LINE.matcher(line);
        if (parts.matches() && ObjectNames.isValid(parts.group(1))) {
            switch (ObjectKind.of(parts.group(1))) {
                case PACK, INDEX, POINT -> {
                    return new Item(parts.group(1), Long.parseLong(parts.group(2)));
                }
                default -> {
                    // Nothing else is carried: slots and the like are at the vault already.
                }
            }
        }
        throw refused("seed-altered", "The list of the seed's objects has a line that is none.",
                "Copy the folder again.");
    }

    /**
     * Compares what is there with what was said, so that an incomplete copy is refused before anything is stored.
     *
     * @param there what the store of the seed lists
     */
    public void requireComplete(List<ObjectInfo> there) {
        Map<String, Long> sizes = new HashMap<>();
        there.forEach(info -> sizes.put(info.name(), info.size()));
        long missing = objects.stream().filter(o -> sizes.getOrDefault(o.name(), -1L) != o.bytes()).count();
        if (missing > 0) {
            throw refused("seed-incomplete", missing + " of the seed's " + objects.size()
                    + " objects are missing or have another length.", "Copy the folder again.");
        }
    }

    private static Refusal refused(String code, String message, String advice) {
        return new Refusal(Refusal.Kind.UNACCEPTABLE, code, message, advice);
    }
}
