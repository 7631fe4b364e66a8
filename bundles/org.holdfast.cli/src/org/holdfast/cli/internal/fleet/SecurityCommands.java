package org.holdfast.cli.internal.fleet;

import java.util.Arrays;
import java.util.List;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.spi.cli.CliOption;
import org.holdfast.cli.internal.Command;
import org.holdfast.cli.internal.output.Facts;
import org.holdfast.client.Call;
import org.holdfast.protocol.people.RequestPin;
import org.holdfast.protocol.people.SecurityPin;
import org.holdfast.protocol.people.SecuritySettings;
import org.holdfast.protocol.people.SecurityView;

/** What stands between one person and what is critical. */
public final class SecurityCommands {
    private static final String PIN = "--pin";

    private SecurityCommands() {
    }

    /** {@code security pin}. */
    public static Command pin() {
        return RemoteCommand.of("security pin", "Get a one-time security PIN for your password",
                SignInCommands.PASSWORD_OPTIONS, List.of(), (call, remote) -> {
                    char[] password = SignInCommands.password(call, remote.login().user());
                    try {
                        SecurityPin pin = remote.client().send(Call.post(Remote.path("security", "pin"),
                                new RequestPin(new String(password))).once(), SecurityPin.class).body();
                        Output.done(call, pin, pin.pin());
                        return RemoteCommand.DONE;
                    } finally {
                        Arrays.fill(password, '\0');
                    }
                }).saying("A critical command asks for the password itself; this is for scripts. The PIN is good for"
                        + " one critical call within five minutes, given to the command in HOLDFAST_SECURITY_PIN.")
                .example("security pin --password-file FILE");
    }

    /** {@code security show}. */
    public static Command show() {
        return RemoteCommand.of("security show", "Tell what stands between one person and what is critical", List.of(),
                List.of(), (call, remote) -> {
                    SecurityView view = remote.client().get(Remote.path("security"), SecurityView.class);
                    if (call.json()) {
                        Output.value(call, view);
                    } else {
                        new Facts().add("second person", view.secondPerson() ? "a security officer approves"
                                : "none: there is no security officer")
                                .add("security PIN", view.secondPerson() ? "not asked for: a second person is"
                                        : view.pinRequired() ? "needed" : "not needed")
                                .print(call.out());
                    }
                    return RemoteCommand.DONE;
                });
    }

    /** {@code security set}. */
    public static Command set() {
        return RemoteCommand.of("security set", "Decide whether what is critical needs a security PIN",
                List.of(CliOption.choice(PIN, "WHETHER", "Whether it does, while there is no security officer",
                        List.of("on", "off"))),
                List.of(), (call, remote) -> {
                    if (call.value(PIN) == null) {
                        throw new HoldfastException(Problem.INVALID_REQUEST, "Nothing was said to be set.",
                                "Give --pin on or --pin off.");
                    }
                    boolean needed = !"off".equals(call.value(PIN));
                    SecurityView view = remote.client().put(Remote.path("security"), new SecuritySettings(needed), "*",
                            SecurityView.class);
                    Output.done(call, view, needed ? "What is critical needs a security PIN."
                            : "What is critical needs no security PIN any more.");
                    return RemoteCommand.DONE;
                });
    }
}
