package org.holdfast.vault.people.entra;

import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.Refusal.Kind;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;

/**
 * Decides whether a token of Entra ID is believed: an access token of version 2.0 for one application, of one tenant,
 * signed by it with RS256 or PS256, and of now. Claims as in
 * <a href="https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference">the reference</a>, rules
 * of RFC 7519 and RFC 8725. What is wrong with a token is told to whoever sent it, who has it in hands anyway.
 */
@Component(service = EntraTokens.class)
public final class EntraTokens {
    /** By so much the clocks of vault and authority may differ. */
    public static final Duration SKEW = Duration.ofMinutes(2);

    private static final int LONGEST = 60_000;
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256);

    private final EntraKeys keys;
    private final Clock clock;

    /** With the keys of authorities. */
    @Activate
    public EntraTokens(@Reference EntraKeys keys, @Reference Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * Looks at a token.
     *
     * @param application id of the application that it has to be for
     * @throws Refusal of kind UNAUTHENTICATED with a code that begins with {@code entra-}, or of kind UNAVAILABLE when
     *         there are no keys to look at it with
     */
    public EntraClaims verify(String token, Authority authority, String application) {
        if (token.length() > LONGEST) {
            throw malformed("it is longer than " + LONGEST + " characters");
        }
        try {
            SignedJWT jwt = signed(JWTParser.parse(token.strip()));
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            // All of it has to be true; what a person can understand comes first.
            requireOurs(claims, authority, application);
            requireNow(claims);
            requireSignature(jwt, authority);
            if (!keys.issuer(authority).equals(claims.getIssuer())) {
                throw wrongTenant(claims, authority);
            }
            return claims(claims, authority.tenant());
        } catch (ParseException e) {
            throw malformed("it cannot be read");
        }
    }

    private static SignedJWT signed(JWT parsed) {
        if (parsed instanceof PlainJWT) {
            throw refused("entra-unsigned", "The token is not signed.", "Sign in with Entra ID itself.");
        }
        if (!(parsed instanceof SignedJWT jwt)) {
            throw malformed("it is encrypted");
        }
        if (!ALGORITHMS.contains(jwt.getHeader().getAlgorithm())) {
            throw refused("entra-signature-kind", "The token is signed with " + jwt.getHeader().getAlgorithm()
                    + ", and not with RS256 or PS256.", "Sign in with Entra ID itself.");
        }
        return jwt;
    }

    private static void requireOurs(JWTClaimsSet claims, Authority authority, String application)
            throws ParseException {
        String tenant = claims.getStringClaim("tid");
        if (tenant == null || !tenant.equalsIgnoreCase(authority.tenant())) {
            throw wrongTenant(claims, authority);
        }
        String version = claims.getStringClaim("ver");
        if ("1.0".equals(version)) {
            throw refused("entra-v1-token", "The token is of version 1.0, and the vault takes version 2.0.",
                    "Set requestedAccessTokenVersion to 2 in the manifest of the application " + application + ".");
        }
        if (!claims.getAudience().equals(List.of(application))) {
            throw refused("entra-wrong-audience", "The token is for " + String.join(", ", claims.getAudience())
                    + ", and not for this vault.", "Ask for a token with the scope " + application + "/.default.");
        }
        boolean person = !text(claims, "scp").isEmpty();
        // Tokens that tell a program who somebody is are for the same audience, and open nothing.
        if (!"2.0".equals(version) || text(claims, "azp").isEmpty() || text(claims, "oid").isEmpty()
                || !person && !isApplication(claims)) {
            throw refused("entra-no-access-token", "That is no access token for a person or an application.",
                    "Send the access token, not the ID token, and expose a scope of the application " + application
                            + ".");
        }
    }

    private static boolean isApplication(JWTClaimsSet claims) throws ParseException {
        return text(claims, "scp").isEmpty()
                && ("app".equals(text(claims, "idtyp")) || text(claims, "oid").equals(claims.getSubject()));
    }

    private void requireNow(JWTClaimsSet claims) {
        Instant now = clock.instant();
        Date expires = claims.getExpirationTime();
        if (expires == null) {
            throw malformed("it never expires");
        }
        if (!now.isBefore(expires.toInstant().plus(SKEW))) {
            throw refused("entra-expired", "The token has expired at " + expires.toInstant()
                    + "; the vault's clock says " + now.truncatedTo(ChronoUnit.SECONDS) + ".",
                    "Sign in again. If it is new, the clock of the vault is wrong.");
        }
        Date from = claims.getNotBeforeTime() == null ? claims.getIssueTime() : claims.getNotBeforeTime();
        if (from != null && from.toInstant().isAfter(now.plus(SKEW))) {
            throw refused("entra-not-yet", "The token counts from " + from.toInstant()
                    + " on; the vault's clock says " + now.truncatedTo(ChronoUnit.SECONDS) + ".",
                    "Is the clock of the vault slow?");
        }
    }

    private void requireSignature(SignedJWT jwt, Authority authority) {
        String id = jwt.getHeader().getKeyID();
        RSAKey key = id == null ? null : keys.find(authority, id).orElse(null);
        if (key == null) {
            throw refused("entra-unknown-key", "The token is signed with a key that " + authority.address()
                    + " does not publish.", "Sign in again. Was it made by another cloud or tenant?");
        }
        try {
            if (!jwt.verify(new RSASSAVerifier(key.toRSAPublicKey()))) {
                throw refused("entra-bad-signature", "The signature of the token is wrong.",
                        "It was changed on its way, or made by somebody else: sign in again.");
            }
        } catch (JOSEException e) {
            throw malformed("its signature cannot be checked");
        }
    }

    private static EntraClaims claims(JWTClaimsSet claims, String tenant) throws ParseException {
        boolean application = isApplication(claims);
        Object names = claims.getClaim("_claim_names");
        boolean overage = Boolean.TRUE.equals(claims.getClaim("hasgroups"))
                || names instanceof Map<?, ?> map && map.containsKey("groups");
        Date expires = claims.getExpirationTime();
        return new EntraClaims(tenant, text(claims, "oid").toLowerCase(Locale.ROOT), name(claims, application),
                text(claims, application ? "app_displayname" : "name"), application, texts(claims, "roles"),
                texts(claims, "groups"), overage, expires.toInstant());
    }

    private static String name(JWTClaimsSet claims, boolean application) {
        if (application) {
            return "app-" + text(claims, "azp") + "@entra";
        }
        for (String each : List.of("preferred_username", "upn", "unique_name", "email")) {
            String text = text(claims, each);
            if (!text.isEmpty()) {
                return text;
            }
        }
        return "oid-" + text(claims, "oid") + "@entra";
    }

    private static String text(JWTClaimsSet claims, String name) {
        return claims.getClaim(name) instanceof String text ? text : "";
    }

    private static Set<String> texts(JWTClaimsSet claims, String name) {
        Set<String> all = new HashSet<>();
        if (claims.getClaim(name) instanceof List<?> list) {
            list.forEach(each -> {
                if (each instanceof String text) {
                    all.add(text);
                }
            });
        }
        return all;
    }

    private static Refusal wrongTenant(JWTClaimsSet claims, Authority authority) {
        @Nullable String issuer = claims.getIssuer();
        return refused("entra-wrong-tenant", "The token is of " + issuer + ", and not of the tenant "
                + authority.tenant() + ".", "Sign in with an account of that tenant.");
    }

    private static Refusal malformed(String why) {
        return refused("entra-malformed", "That is no token of Entra ID: " + why + ".", "Sign in again.");
    }

    private static Refusal refused(String code, String message, String advice) {
        return new Refusal(Kind.UNAUTHENTICATED, code, message, advice);
    }
}
