package org.holdfast.cli.internal.fleet;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.spi.signin.EntraTokens;
import org.holdfast.api.spi.signin.EntraTokens.Offer;
import org.holdfast.api.spi.signin.EntraTokens.Tokens;
import org.holdfast.azure.signin.MsalTokens;
import org.holdfast.cli.internal.Invocation;
import org.holdfast.client.Call;
import org.holdfast.client.RemoteException;
import org.holdfast.client.VaultClient;
import org.holdfast.protocol.people.EntraOffer;
import org.holdfast.protocol.people.LoginAnswer;
import org.holdfast.protocol.people.SignInMethods;

/** Signing in to a vault server with Entra ID, and renewing that without a question. */
final class EntraDoor {
    /** Sessions that end so soon are renewed before a command uses them. */
    private static final Duration SOON = Duration.ofMinutes(3);

    private EntraDoor() {
    }

    /** How a person, or this program, signs in. */
    enum Way {
        BROWSER, DEVICE_CODE, OWN_IDENTITY
    }

    /** The ways in which a vault lets people in; one that is older than the question knows passwords. */
    static SignInMethods methods(String address, String pin) {
        try (VaultClient client = Remote.client(address, pin, null)) {
            return client.get(Remote.path("sign-in", "methods"), SignInMethods.class);
        } catch (RemoteException e) {
            if (e.status() == 404) {
                return new SignInMethods(true, null);
            }
            throw e;
        }
    }

    /** Signs in; the answer is to be kept. */
    static Login signIn(Invocation call, String address, String pin, Way way) {
        Offer offer = offer(methods(address, pin), address);
        EntraTokens entra = new MsalTokens(call.environment().variables());
        CancelToken cancel = call.environment().cancel();
        Tokens tokens = switch (way) {
            case BROWSER -> entra.browser(offer, page -> show(call, page), cancel);
            case DEVICE_CODE -> entra.deviceCode(offer, code -> {
                call.err().println("To sign in, open " + code.page() + " in any browser and enter the code "
                        + code.code() + " within " + code.seconds() / 60 + " minutes.");
                call.err().flush();
            }, cancel);
            case OWN_IDENTITY -> entra.own(offer);
        };
        return exchange(address, pin, offer, tokens, call.value(RemoteCommand.VAULT_OPTION));
    }

    /**
     * The sign-in, renewed when it ends soon and came from Entra ID. What cannot be renewed is returned as it is,
     * unless it is over.
     */
    static @Nullable Login current(Map<String, String> variables, Clock clock) {
        LoginFile file = new LoginFile(variables);
        Login login = file.read();
        EntraLogin entra = login == null ? null : login.entra();
        if (login == null || entra == null || clock.instant().plus(SOON).isBefore(login.expires())) {
            return login;
        }
        try {
            EntraTokens tokens = new MsalTokens(variables);
            String cache = entra.cache();
            Offer offer = entra.offer();
            Tokens fresh = cache == null ? tokens.own(offer) : tokens.renew(offer, cache, new CancelToken());
            Login renewed = exchange(login.address(), login.fingerprint(), offer, fresh, login.vault());
            file.write(renewed);
            return renewed;
        } catch (HoldfastException e) {
            if (clock.instant().isBefore(login.expires())) {
                return login;
            }
            throw new HoldfastException(e.problem(), "The sign-in with Entra ID is over and cannot be renewed: "
                    + e.getMessage(),
                    "Sign in again with 'holdfast login " + login.address() + " --entra'. "
                            + e.advice(),
                    e);
        }
    }

    /** The token of the moment of a sign-in, renewed in time. */
    static Supplier<String> session(Login first, Map<String, String> variables, Clock clock) {
        var now = new AtomicReference<>(first);
        return () -> {
            Login login = now.get();
            if (clock.instant().plus(SOON).isBefore(login.expires())) {
                return login.token();
            }
            synchronized (now) {
                Login kept = current(variables, clock);
                // Somebody may have signed out, or in elsewhere, meanwhile; what was begun goes on as it is.
                if (kept != null && kept.address().equals(first.address()) && kept.user().equals(first.user())) {
                    now.set(kept);
                }
                return now.get().token();
            }
        };
    }

    private static Login exchange(String address, String pin, Offer offer, Tokens tokens, @Nullable String vault) {
        try (VaultClient client = Remote.client(address, pin, null)) {
            LoginAnswer answer = client.send(Call.post(Remote.path("sign-in", "entra"),
                    new org.holdfast.protocol.people.EntraLogin(tokens.accessToken())).once(), LoginAnswer.class)
                    .body();
            return new Login(address, pin, answer.user(), answer.token(), answer.expires(), vault,
                    new EntraLogin(offer.authority(), offer.tenant(), offer.clientId(), tokens.cache()));
        }
    }

    private static Offer offer(SignInMethods methods, String address) {
        EntraOffer entra = methods.entra();
        if (entra == null) {
            throw new HoldfastException(Problem.INVALID_REQUEST, address + " does not offer sign-in with Entra ID.",
                    "Sign in with 'holdfast login " + address + " --user NAME'; an administrator can switch it on with"
                            + " 'holdfast sign-in set'.");
        }
        Offer offer = new Offer(entra.authority(), entra.tenant(), entra.clientId());
        if (!offer.scope().equals(entra.scope())) {
            throw new HoldfastException(Problem.ACCESS_DENIED, address + " asks for a token for something else: "
                    + entra.scope() + ".", "Somebody may have changed it; tell its administrator.");
        }
        return offer;
    }

    /** Whether a browser can show a page to who sits here. */
    static boolean hasBrowser(Map<String, String> variables, String system) {
        return system.startsWith("Windows") || system.startsWith("Mac")
                || variables.containsKey("DISPLAY") || variables.containsKey("WAYLAND_DISPLAY")
                || variables.containsKey("BROWSER");
    }

    private static void show(Invocation call, URI page) {
        call.err().println("Your browser opens. If it does not, open this page on this computer:");
        call.err().println("  " + page);
        call.err().flush();
        String system = System.getProperty("os.name", "");
        String own = call.environment().variables().getOrDefault("BROWSER", "");
        List<String> command = !own.isEmpty() ? List.of(own, page.toString())
                : system.toLowerCase(Locale.ROOT).startsWith("windows")
                        ? List.of("rundll32", "url.dll,FileProtocolHandler", page.toString())
                        : List.of(system.startsWith("Mac") ? "open" : "xdg-open", page.toString());
        try {
            new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        } catch (IOException e) {
            call.err().println("No browser can be started: " + e.getMessage());
        }
    }
}
