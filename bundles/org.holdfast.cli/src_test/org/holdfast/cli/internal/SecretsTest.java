package org.holdfast.cli.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where passphrases and keys come from, and the commands about them. */
class SecretsTest {
    @TempDir
    private Path folder;
    private final Run cli = Run.withPassphrase();

    private String file(String content) throws IOException {
        var file = Files.createTempFile(folder, "secret", "");
        return Files.writeString(file, content).toString();
    }

    @Test
    void aFileLosesItsLineBreakOnly() throws IOException {
        assertEquals(0, cli.run("points", "/vault", "--passphrase-file", file(FakeVaults.PASSPHRASE)));
        assertEquals(0, cli.run("points", "/vault", "--passphrase-file", file(FakeVaults.PASSPHRASE + "\n")));
        assertEquals(0, cli.run("points", "/vault", "--passphrase-file", file(FakeVaults.PASSPHRASE + "\r\n")));
        assertEquals(1, cli.run("points", "/vault", "--passphrase-file", file(FakeVaults.PASSPHRASE + " \n")));
        assertEquals("holdfast: The passphrase does not open this vault.\n  Check the passphrase.\n", cli.err());
    }

    @Test
    void aFileThatIsNoPassphraseIsToldApart() throws IOException {
        assertEquals(2, cli.run("points", "/vault", "--passphrase-file", file("two\nlines\n")));
        assertTrue(cli.err().contains("more than one line"), cli.err());
        assertEquals(2, cli.run("points", "/vault", "--passphrase-file", file("\n")));
        assertTrue(cli.err().contains("is empty"), cli.err());
        assertEquals(2, cli.run("points", "/vault", "--passphrase-file", file("x".repeat(5000))));
        assertEquals(1, cli.run("points", "/vault", "--passphrase-file", folder.resolve("none").toString()));
        assertTrue(cli.err().contains("There is no file"), cli.err());
        var binary = Files.write(folder.resolve("binary"), new byte[] { (byte) 0xff, (byte) 0xfe, 1 });
        assertEquals(2, cli.run("points", "/vault", "--passphrase-file", binary.toString()));
        assertTrue(cli.err().contains("not UTF-8"), cli.err());
    }

    @Test
    void variablesAndDescriptors() throws IOException {
        assertEquals(0, cli.run("points", "/vault", "--passphrase-env", "PASS"));
        assertEquals(2, cli.run("points", "/vault", "--passphrase-env", "NONE"));
        cli.input = FakeVaults.PASSPHRASE + "\nmore";
        assertEquals(0, cli.run("points", "/vault", "--passphrase-fd", "0"));
        assertEquals(2, cli.run("points", "/vault", "--passphrase-fd", "6543"));
        assertEquals(2, cli.run("points", "/vault", "--passphrase-fd", "x"));
        cli.variables.put("HOLDFAST_PASSPHRASE_FILE", file(FakeVaults.PASSPHRASE + "\n"));
        assertEquals(0, cli.run("points", "/vault"));
        assertTrue(cli.asked.isEmpty());
    }

    @Test
    void onlyOneSource() throws IOException {
        assertEquals(2, cli.run("points", "/vault", "--passphrase-env", "PASS", "--passphrase-fd", "0"));
        assertTrue(cli.err().contains("cannot be used together"), cli.err());
        assertEquals(2, cli.run("points", "/vault", "--passphrase", "secret"), "never an argument");
    }

    @Test
    void optionsMayComeBeforeTheCommand() {
        assertEquals(0, cli.run("--passphrase-env", "PASS", "--json", "points", "/vault"));
        assertTrue(cli.out().startsWith("["), cli.out());
    }

    @Test
    void aPromptAsksOnceAndIsWiped() {
        cli.typed.add(FakeVaults.PASSPHRASE);
        assertEquals(0, cli.run("points", "/vault"));
        assertEquals("Passphrase: ", cli.asked.getFirst());
        assertArrayEquals(new char[FakeVaults.PASSPHRASE.length()], cli.handedOut.getFirst());
        assertEquals(2, cli.run("points", "/vault"), "nobody to ask");
        assertTrue(cli.err().contains("--passphrase-file"), cli.err());
    }

    @Test
    void noPromptForAVaultThatIsNotThere() {
        cli.typed.add(FakeVaults.PASSPHRASE);
        assertEquals(1, cli.run("points", "/elsewhere"));
        assertTrue(cli.err().startsWith("holdfast: There is no vault in '/elsewhere'."), cli.err());
        assertTrue(cli.asked.isEmpty());
    }

    @Test
    void aNewPassphraseIsTypedTwice() {
        cli.typed.add("a passphrase of some length");
        cli.typed.add("a passphrase of some length");
        assertEquals(0, cli.run("vault", "create", "new"));
        assertEquals("/here/new", cli.vaults.created);
        assertEquals("a passphrase of some length", cli.vaults.createdWith);
        assertEquals(2, cli.asked.size());
        cli.handedOut.forEach(chars -> assertArrayEquals(new char[chars.length], chars));
        cli.typed.add("a passphrase of some length");
        cli.typed.add("a passphrase of other length");
        assertEquals(2, cli.run("vault", "create", "new"));
        assertTrue(cli.err().contains("not the same"), cli.err());
    }

    @Test
    void creatingAndTelling() throws IOException {
        assertEquals(0, cli.open("vault", "create", "/new", "--json"));
        assertEquals("/new", cli.json().get("location").asText());
        assertEquals(1, cli.json().get("formatVersion").asInt());
        cli.variables.put("SHORT", "short");
        assertEquals(1, cli.run("vault", "create", "/new", "--passphrase-env", "SHORT"));
        assertEquals("holdfast: The passphrase is too short.\n  Use at least 16 characters.\n", cli.err());
        assertEquals(0, cli.run("vault", "info", "/vault"));
        assertFalse(cli.out().contains("KEY SLOT"), cli.out());
        assertEquals(0, cli.open("vault", "info", "/vault"));
        assertTrue(cli.out().contains("recovery key"), cli.out());
        assertEquals(0, cli.open("vault", "info", "/vault", "--json"));
        assertEquals(2, cli.json().get("keySlots").size());
        assertEquals(1, cli.run("vault", "info", "/nothing"));
    }

    @Test
    void recoveryKeysOpenToo() throws IOException {
        assertEquals(0, cli.run("points", "/vault", "--recovery-key-file", file(FakeVaults.RECOVERY_KEY + "\n")));
        assertEquals(1, cli.run("points", "/vault", "--recovery-key-file", file("other")));
        assertEquals(2, cli.run("vault", "create", "/new", "--recovery-key-file", file("other")));
    }

    @Test
    void changingThePassphrase() throws IOException {
        var vault = cli.vaults.vault;
        assertEquals(0,
                cli.open("passphrase", "change", "/vault", "--new-passphrase-file", file("another passphrase\n")));
        assertEquals("another passphrase", vault.newPassphrase);
        cli.typed.add("typed passphrase one");
        cli.typed.add("typed passphrase one");
        assertEquals(0, cli.open("passphrase", "change", "/vault", "--json"));
        assertEquals("typed passphrase one", vault.newPassphrase);
        assertTrue(cli.json().get("changed").asBoolean());
        vault.newPassphrase = null;
        cli.variables.put("BAD", "not the passphrase of it");
        assertEquals(1, cli.run("passphrase", "change", "/vault", "--passphrase-env", "BAD"));
        assertNull(vault.newPassphrase);
    }

    @Test
    void makingARecoveryKey() throws IOException {
        assertEquals(0, cli.open("recovery-key", "create", "/vault"));
        assertEquals("HF-KEY-1234\n", cli.out());
        assertTrue(cli.err().contains("not shown again"), cli.err());
        assertEquals(0, cli.open("recovery-key", "create", "/vault", "--json"));
        assertEquals("HF-KEY-1234", cli.json().get("recoveryKey").asText());
        var file = folder.resolve("key");
        assertEquals(0, cli.open("recovery-key", "create", "/vault", "--output", file.toString()));
        assertEquals("HF-KEY-1234\n", Files.readString(file));
        assertFalse(cli.out().contains("HF-KEY"), cli.out());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(2, cli.open("recovery-key", "create", "/vault", "--output", file.toString()), "never over a file");
        cli.vaults.vault.failure = new HoldfastException(Problem.STORE_FULL, "Full.", "");
        assertEquals(1, cli.open("recovery-key", "create", "/vault", "--output", folder.resolve("k2").toString()));
        assertFalse(Files.exists(folder.resolve("k2")), "no empty file stays behind");
    }

    @Test
    void listingAndRemovingKeys() throws IOException {
        assertEquals(0, cli.open("recovery-key", "list", "/vault"));
        assertTrue(cli.out().contains("passphrase (in use)"), cli.out());
        assertEquals(0, cli.open("recovery-key", "list", "/vault", "--json"));
        assertEquals("safe", cli.json().get(1).get("label").asText());
        assertEquals(0, cli.open("recovery-key", "remove", "/vault", "22"));
        assertEquals("22".repeat(16), cli.vaults.vault.removedSlot);
        assertEquals(2, cli.open("recovery-key", "remove", "/vault", "33"));
    }
}
