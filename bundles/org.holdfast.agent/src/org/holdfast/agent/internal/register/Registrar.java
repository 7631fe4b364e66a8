package org.holdfast.agent.internal.register;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.internal.Parts;
import org.holdfast.agent.internal.home.AgentHome;
import org.holdfast.agent.internal.home.MachineFile;
import org.holdfast.agent.internal.home.MachineHints;
import org.holdfast.agent.internal.home.Registration;
import org.holdfast.agent.internal.home.SafeFile;
import org.holdfast.agent.internal.home.SystemFacts;
import org.holdfast.agent.internal.keys.KeyHolders;
import org.holdfast.agent.internal.link.Connector;
import org.holdfast.agent.internal.link.OneStore;
import org.holdfast.agent.internal.link.RegistrationLink;
import org.holdfast.agent.internal.link.Stores;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.spi.keys.KeyHolder;
import org.holdfast.api.spi.keys.KeyNote;
import org.holdfast.api.spi.source.SourceProvider;
import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.client.RemoteException;
import org.holdfast.api.vault.OpenVault;
import org.holdfast.crypto.Passphrase;
import org.holdfast.crypto.PassphrasePolicy;
import org.holdfast.crypto.PassphraseRefusedException;
import org.holdfast.crypto.SecretBytes;
import org.holdfast.crypto.x509.CertificateRequest;
import org.holdfast.crypto.x509.EcKeys;
import org.holdfast.crypto.x509.Pem;
import org.holdfast.engine.LocalVaultService;
import org.holdfast.protocol.people.CompleteRegistration;
import org.holdfast.protocol.people.CredentialsFile;
import org.holdfast.protocol.people.EnrolAnswer;
import org.holdfast.protocol.people.EnrolRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers this server: it counts only when the passphrase is in its safe place, was read back from there and has
 * opened the server's data. Whatever goes wrong before, nothing of it remains, neither here nor at the vault.
 */
public final class Registrar {
    private static final Logger LOG = LoggerFactory.getLogger(Registrar.class);

    private final AgentHome home;
    private final KeyHolders keys;
    private final Connector connector;
    private final SourceProvider files;
    private final SystemFacts facts;
    private final Clock clock;

    /**
     * What to register with.
     *
     * @param credentials bytes of the vault credentials file
     * @param passphrase of the data; not wiped
     * @param keyLocation where the passphrase is to be kept
     * @param replace whether a registration that is there is replaced
     * @param newMachine whether to register as another machine than before, for the copy of a disk
     * @param recoverSecret whether a passphrase that somebody deleted from the same place may be brought back first
     */
    public record Request(byte[] credentials, char[] passphrase, String keyLocation, boolean replace,
            boolean newMachine, boolean recoverSecret) {
        /** Brings nothing back. */
        public Request(byte[] credentials, char[] passphrase, String keyLocation, boolean replace,
                boolean newMachine) {
            this(credentials, passphrase, keyLocation, replace, newMachine, false);
        }
    }

    /**
     * What came of it.
     *
     * @param registration complete
     * @param existing whether the vault knew this machine, and its history goes on
     */
    public record Result(Registration registration, boolean existing) {
    }

    /** @param parts what the agent is made of */
    public Registrar(AgentHome home, Parts parts) {
        this.home = home;
        this.keys = parts.keys();
        this.connector = parts.connector();
        this.files = parts.files();
        this.facts = parts.facts();
        this.clock = parts.clock();
    }

    /**
     * Registers this server.
     *
     * @param steps told what is done, one line each
     */
    public Result register(Request request, Consumer<String> steps) throws IOException {
        CredentialsFile file = CredentialsFile.read(request.credentials());
        Result cutOff = cleanUpAfterCrash();
        if (cutOff != null) {
            steps.accept("Completed the registration that was cut off");
            return cutOff;
        }
        requireGood(request, file);
        MachineFile machine = machine(request.newMachine());
        steps.accept("Asking the vault '" + file.vault() + "' at " + String.join(", ", file.addresses())
                + " for a certificate");
        KeyPair pair = EcKeys.generate();
        EnrolAnswer answer = connector.enrol(file.addresses(), file.ca(), new EnrolRequest(file.token(),
                file.fingerprint(), CertificateRequest.create(pair, facts.hostname()), machine.machineId(),
                facts.hostname(), facts.os(), SystemFacts.VERSION));
        var begun = new Registration(answer.serverId(), answer.vaultId(), answer.vault(), file.addresses(), file.ca(),
                request.keyLocation(), null, null, null);
        var pending = new PendingRegistration(begun, false, null, answer.existing());
        try {
            home.write(PendingRegistration.FILE, pending);
            SafeFile.write(pendingKey(), Pem.ofPrivateKey(pair.getPrivate()).getBytes(StandardCharsets.US_ASCII));
            SafeFile.write(pendingChain(), answer.certificates().getBytes(StandardCharsets.US_ASCII));
            return finish(request, answer, pending, steps);
        } catch (IOException | RuntimeException e) {
            Result after = settle();
            if (after != null) {
                LOG.info("The vault has taken the registration all the same", e);
                return after;
            }
            abandon();
            throw e;
        }
    }

    private void requireGood(Request request, CredentialsFile file) throws IOException {
        Instant now = clock.instant();
        if (file.expires().isBefore(now)) {
            throw new HoldfastException(Problem.INVALID_REQUEST,
                    "The vault credentials file expired at " + file.expires() + "; this server's clock says " + now
                            + ".",
                    "Download a new file from the vault, or set this server's clock.");
        }
        try (Passphrase passphrase = Passphrase.of(request.passphrase())) {
            PassphrasePolicy.Result verdict = PassphrasePolicy.check(passphrase);
            if (!verdict.accepted()) {
                throw weak(verdict.message());
            }
        } catch (PassphraseRefusedException e) {
            throw weak(e.getMessage());
        }
        keys.check(request.keyLocation(), List.of());
        var there = home.registration();
        if (there.isPresent() && there.get().isComplete() && !request.replace()) {
            throw new HoldfastException(Problem.INVALID_REQUEST,
                    "This server is registered with the vault '" + there.get().vault() + "' already.",
                    "Unregister it first, or give --replace.");
        }
    }

    private static HoldfastException weak(String reason) {
        return new HoldfastException(Problem.WEAK_PASSPHRASE, "The passphrase was refused: " + reason + ".",
                "Use at least " + PassphrasePolicy.MIN_CHARACTERS + " characters, or have one generated.");
    }

    private MachineFile machine(boolean another) throws IOException {
        MachineHints now = facts.hints();
        MachineFile there = home.machine(now, clock.instant());
        if (another) {
            var fresh = new MachineFile(UUID.randomUUID().toString(), clock.instant(), now);
            home.machine(fresh);
            return fresh;
        }
        if (now.differsFrom(there.hints())) {
            throw new HoldfastException(Problem.INVALID_REQUEST,
                    "This looks like another machine than the one whose disk this was.",
                    "Give --new-machine for a copy, or --same-machine when only the hardware has changed.");
        }
        return there;
    }

    private Result finish(Request request, EnrolAnswer answer, PendingRegistration begun, Consumer<String> steps)
            throws IOException {
        var target = new Connector.Target(begun.registration().addresses(), begun.registration().ca(), pendingChain(),
                pendingKey());
        try (RegistrationLink link = connector.registration(target)) {
            var service = new LocalVaultService(
                    List.of(new OneStore(() -> {
                        BlobStore store = link.stores().open(Stores.Use.own("register", null));
                        return answer.existing() ? new SlotsOnly(store) : store;
                    })), List.of(files), clock);
            String domain = answer.domainId();
            if (!answer.existing() || domain == null) {
                steps.accept("Making the encryption domain");
                domain = service.create(OneStore.LOCATION, request.passphrase()).id();
            }
            steps.accept("Storing the passphrase at " + request.keyLocation() + " and reading it back");
            PendingRegistration pending = store(request, begun, domain);
            CompleteRegistration complete = prove(service, pending.registration().keyHolder(), answer, domain);
            Registration registration = pending.registration().withDomain(complete.domainId(), complete.publicKey());
            steps.accept("Completing the registration");
            home.write(PendingRegistration.FILE, pending.completing(registration, complete));
            link.complete(complete);
            return new Result(adopt(registration.completed(clock.instant())), answer.existing());
        }
    }

    private PendingRegistration store(Request request, PendingRegistration begun, String domain) throws IOException {
        KeyHolder holder = keys.of(request.keyLocation());
        KeyNote note = Notes.of(begun.registration(), domain, facts).recovering(request.recoverSecret());
        String location = holder.locate(request.keyLocation(), note);
        PendingRegistration pending = begun.keptAt(location);
        try {
            // Written down first: a crash in between must not leave a passphrase that nobody removes.
            PendingRegistration fresh = pending.withKeyStored();
            home.write(PendingRegistration.FILE, fresh);
            PendingRegistration exact = fresh.keptAt(holder.keep(location, note, request.passphrase()));
            home.write(PendingRegistration.FILE, exact);
            return exact;
        } catch (FileAlreadyExistsException e) {
            home.write(PendingRegistration.FILE, pending);
            char[] there = keys.read(location);
            try {
                if (Arrays.equals(there, request.passphrase())) {
                    return pending;
                }
            } finally {
                SecretBytes.wipe(there);
            }
            throw new HoldfastException(Problem.INVALID_REQUEST,
                    "Another passphrase is at '" + location + "' already; it is not replaced.",
                    "Choose another place, or give that passphrase.", e);
        } catch (IOException e) {
            throw new HoldfastException(Problem.ACCESS_DENIED,
                    "The passphrase cannot be stored at '" + location + "': " + e.getMessage() + ".",
                    "Choose another place.", e);
        }
    }

    /** Opens the data with the passphrase as it came back from its safe place. */
    private CompleteRegistration prove(LocalVaultService service, String location, EnrolAnswer answer, String domain)
            throws IOException {
        char[] back = keys.read(location);
        try (OpenVault vault = service.open(OneStore.LOCATION, back); var intake = home.intakeKeys()) {
            byte @Nullable [] challenge = answer.challenge();
            return new CompleteRegistration(domain, vault.publicKey(), intake.publicKey(),
                    location,
                    challenge == null ? null : vault.prove(CompleteRegistration.PROOF_PURPOSE, challenge),
                    vault.prove(CompleteRegistration.INTAKE_PURPOSE, intake.publicKey()));
        } catch (HoldfastException e) {
            if (e.problem() == Problem.WRONG_PASSPHRASE && answer.existing()) {
                throw new HoldfastException(Problem.WRONG_PASSPHRASE,
                        "This machine is registered at the vault, with another passphrase.",
                        "Give the passphrase it had, and its history goes on; or give --new-machine to begin anew.", e);
            }
            throw e;
        } finally {
            SecretBytes.wipe(back);
        }
    }

    private Registration adopt(Registration registration) throws IOException {
        Files.move(pendingKey(), home.keyFile(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Files.move(pendingChain(), home.chainFile(), StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        home.registration(registration);
        SafeFile.delete(home.resolve(PendingRegistration.FILE));
        return registration;
    }

    private Path pendingKey() {
        return home.resolve("identity/pending-key.pem");
    }

    private Path pendingChain() {
        return home.resolve("identity/pending-chain.pem");
    }

    /** An attempt that was cut off has not been given up by anybody; null when nothing is left of it. */
    private @Nullable Result cleanUpAfterCrash() throws IOException {
        if (home.read(PendingRegistration.FILE, PendingRegistration.class).isEmpty()) {
            return null;
        }
        LOG.info("Cleaning up after a registration that was cut off");
        Result result = settle();
        if (result == null) {
            abandon();
        }
        return result;
    }

    /**
     * Finds out whether the last word to the vault was heard, by saying it again: giving up a registration that counts
     * would leave a server at the vault whose passphrase is gone.
     *
     * @return the registration when it counts, null when it does not
     */
    private @Nullable Result settle() throws IOException {
        var there = home.read(PendingRegistration.FILE, PendingRegistration.class).orElse(null);
        if (there == null || there.completing() == null || !Files.exists(pendingChain())) {
            return null;
        }
        Registration registration = there.registration();
        var target = new Connector.Target(registration.addresses(), registration.ca(), pendingChain(), pendingKey());
        try (RegistrationLink link = connector.registration(target)) {
            link.complete(there.completing());
        } catch (RemoteException e) {
            return null;
        } catch (HoldfastException e) {
            throw new HoldfastException(Problem.STORE_UNAVAILABLE,
                    "The vault was lost in the last step, and it is not known whether the registration counts.",
                    "Run it again when the vault is back: that finds out first.", e);
        }
        return new Result(adopt(registration.completed(clock.instant())), there.existing());
    }

    private void abandon() throws IOException {
        var pending = home.read(PendingRegistration.FILE, PendingRegistration.class);
        if (pending.isEmpty()) {
            return;
        }
        Registration registration = pending.get().registration();
        if (Files.exists(pendingKey()) && Files.exists(pendingChain())) {
            var target = new Connector.Target(registration.addresses(), registration.ca(), pendingChain(),
                    pendingKey());
            try (RegistrationLink link = connector.registration(target)) {
                link.abandon();
            } catch (RuntimeException e) {
                LOG.warn("The vault could not be told that the registration is given up; it forgets it within an hour:"
                        + " {}", e.getMessage());
            }
        }
        if (pending.get().keyStored()) {
            remove(registration.keyHolder());
        }
        SafeFile.delete(pendingKey());
        SafeFile.delete(pendingChain());
        SafeFile.delete(home.resolve(PendingRegistration.FILE));
    }

    private void remove(String location) throws IOException {
        KeyHolder holder = keys.of(location);
        try {
            holder.remove(location);
        } catch (IOException | HoldfastException e) {
            if (!holder.keepsVersions()) {
                throw e;
            }
            // It opens nothing, and the next one is beside it.
            LOG.warn("A passphrase that was never used stays at {}: {}", location, e.getMessage());
        }
    }

    /** Says that the machine is the same although its hardware has changed. */
    public void sameMachine() throws IOException {
        MachineFile there = home.machine(facts.hints(), clock.instant());
        home.machine(new MachineFile(there.machineId(), there.created(), facts.hints()));
    }
}
