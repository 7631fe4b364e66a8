package org.holdfast.cli.internal.fleet;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.List;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.spi.cli.CliOperand;
import org.holdfast.api.spi.cli.CliOption;
import org.holdfast.cli.internal.Command;
import org.holdfast.cli.internal.input.NativePaths;
import org.holdfast.cli.internal.input.PrivateFile;
import org.holdfast.client.Call;
import org.holdfast.protocol.people.CreateCredentials;
import org.holdfast.protocol.people.CredentialsView;

/** Vault credentials files, with which servers are registered. */
public final class CredentialsCommands {
    private static final int DAYS = 10;
    private static final int MOST_USES = 100_000;

    private CredentialsCommands() {
    }

    /** {@code credentials create}. */
    public static Command create() {
        return RemoteCommand.inVault("credentials create", "Make a vault credentials file, with which servers are"
                + " registered",
                List.of(
                        CliOption.value("--out", "FILE", "File to write; must not exist"),
                        CliOption.value("--days", "N", "For how many days it counts (default: 10)"),
                        CliOption.value("--uses", "N", "How many servers it registers (default: 1)"),
                        CliOption.value("--policy", "NAME", "Policy that the servers start with"),
                        CliOption.list("--tag", "TAG", "Tag that the servers get")),
                List.of(), (call, remote) -> {
                    if (call.value("--out") == null) {
                        throw org.holdfast.cli.internal.Invocation.usage("Say with --out which file to write.");
                    }
                    Path file = NativePaths.path(call.path(call.value("--out")));
                    reserve(file);
                    try {
                        byte[] content = remote.client().send(Call.post(remote.inVault("credentials"),
                                new CreateCredentials(call.value("--policy"), call.values("--tag"),
                                        call.number("--days", 1, 3650, DAYS),
                                        call.number("--uses", 1, MOST_USES, 1))),
                                byte[].class).body();
                        PrivateFile.replace(file, content);
                    } catch (HoldfastException | IOException e) {
                        PrivateFile.discard(file);
                        throw e;
                    }
                    Output.done(call, new Written(file.toString()), "Wrote " + file
                            + ". Whoever has it can register servers: keep it like a password.");
                    return RemoteCommand.DONE;
                }).example("credentials create --out web.creds --uses 20 --policy web --tag web");
    }

    /** Makes the file first, so that no file of the vault is lost because there is no place for it. */
    private static void reserve(Path file) throws IOException {
        try {
            PrivateFile.create(file, new byte[0]);
        } catch (FileAlreadyExistsException e) {
            throw new HoldfastException(Problem.INVALID_REQUEST, "The file '" + file + "' exists already.",
                    "Choose another name.", e);
        }
    }

    /** {@code credentials list}. */
    public static Command list() {
        return RemoteCommand.inVault("credentials list", "List the vault credentials files that were made", List.of(),
                List.of(), (call, remote) -> {
                    Output.list(call, remote.all(Call.get(remote.inVault("credentials")), CredentialsView.class),
                            "No vault credentials file was made yet.",
                            new String[] { "ID", "STATE", ">LEFT", ">USES", "EXPIRES", "POLICY", "TAGS", "CREATED",
                                    "BY" },
                            c -> new String[] { Output.id(c.id()), c.state(), Integer.toString(c.usesLeft()),
                                    Integer.toString(c.uses()), Output.time(call, c.expires()),
                                    Output.text(c.policy()), String.join(" ", c.tags()),
                                    Output.time(call, c.created()), c.createdBy() });
                    return RemoteCommand.DONE;
                });
    }

    /** {@code credentials revoke}. */
    public static Command revoke() {
        return RemoteCommand.inVault("credentials revoke", "Make a vault credentials file useless", List.of(),
                List.of(CliOperand.one("ID", "Id of the file, or the beginning of it")), (call, remote) -> {
                    var all = remote.all(Call.get(remote.inVault("credentials")), CredentialsView.class);
                    var one = Remote.pick("credentials", call.operand("ID"), all, CredentialsView::id, c -> "");
                    remote.client().delete(remote.inVault("credentials", one.id()), null);
                    Output.done(call, one, "Revoked. Servers that are registered already keep working.");
                    return RemoteCommand.DONE;
                });
    }

    /** What was written. */
    private record Written(String file) {
    }
}
