package org.holdfast.azure;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;

/**
 * What a program is told about Azure, by the environment variables that the tools of Azure know and a few of ours
 * ({@code docs/azure.md} lists them). Reading them loads no class of the Azure SDK.
 *
 * @param kind how it proves who it is
 * @param reason why it is that kind, for people
 * @param tenant id of the tenant, empty when it was not given
 * @param client id of the application or of the managed identity, empty when it was not given
 * @param secret of the application, null unless the kind is {@link CredentialKind#SECRET}
 * @param certificate PEM or PFX file, null unless the kind is {@link CredentialKind#CERTIFICATE}
 * @param certificatePassword of a PFX file, may be null
 * @param tokenFile null unless the kind is {@link CredentialKind#WORKLOAD}
 * @param authority where tokens come from
 * @param trust PEM file with further authorities for TLS, for private clouds and emulators; may be null
 * @param variables all of them, for what a part of the program has of its own
 */
public record AzureSettings(CredentialKind kind, String reason, String tenant, String client,
        @Nullable String secret, @Nullable Path certificate, @Nullable String certificatePassword,
        @Nullable Path tokenFile, URI authority, @Nullable Path trust, Map<String, String> variables) {

    /** Names the kind; without it, what else there is decides. */
    public static final String CREDENTIAL = "HOLDFAST_AZURE_CREDENTIAL";
    private static final String SECRET_FILE = "HOLDFAST_AZURE_SECRET_FILE";
    private static final String CLOUD = "HOLDFAST_AZURE_CLOUD";
    private static final String SECRET = "AZURE_CLIENT_SECRET";
    private static final String CERTIFICATE = "AZURE_CLIENT_CERTIFICATE_PATH";
    private static final String TOKEN_FILE = "AZURE_FEDERATED_TOKEN_FILE";
    /** Authorities of Microsoft's clouds; any other one is private or an emulator. */
    private static final Map<String, String> CLOUDS = Map.of("public", "https://login.microsoftonline.com/",
            "usgovernment", "https://login.microsoftonline.us/", "china", "https://login.chinacloudapi.cn/");

    /** Copies the variables. */
    public AzureSettings {
        variables = Map.copyOf(variables);
    }

    /**
     * Reads them.
     *
     * @param variables environment of the process
     * @throws IllegalArgumentException with a sentence about what is wrong or missing
     */
    public static AzureSettings of(Map<String, String> variables) {
        String asked = text(variables, CREDENTIAL).toLowerCase(Locale.ROOT);
        CredentialKind kind = asked.isEmpty() || asked.equals("auto") ? found(variables) : named(asked);
        String reason = asked.isEmpty() || asked.equals("auto") ? why(kind) : CREDENTIAL + "=" + asked;
        String secret = kind == CredentialKind.SECRET ? secret(variables) : null;
        String tenant = text(variables, "AZURE_TENANT_ID");
        String client = text(variables, "AZURE_CLIENT_ID");
        boolean application = kind == CredentialKind.SECRET || kind == CredentialKind.CERTIFICATE
                || kind == CredentialKind.WORKLOAD;
        if (application && (tenant.isEmpty() || client.isEmpty())) {
            throw new IllegalArgumentException("The credential '" + kind.text()
                    + "' needs AZURE_TENANT_ID and AZURE_CLIENT_ID, and one of them is not set.");
        }
        String trust = text(variables, "HOLDFAST_AZURE_CA");
        return new AzureSettings(kind, reason, tenant, client, secret,
                kind == CredentialKind.CERTIFICATE ? file(variables, CERTIFICATE) : null,
                variables.get("AZURE_CLIENT_CERTIFICATE_PASSWORD"),
                kind == CredentialKind.WORKLOAD ? file(variables, TOKEN_FILE) : null, authority(variables),
                trust.isEmpty() ? null : Path.of(trust), variables);
    }

    private static CredentialKind named(String asked) {
        return Arrays.stream(CredentialKind.values()).filter(kind -> kind.text().equals(asked)).findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException(CREDENTIAL + " is '" + asked + "', and not one of auto, "
                                + String.join(", ",
                                        Arrays.stream(CredentialKind.values()).map(CredentialKind::text).toList())
                                + "."));
    }

    private static CredentialKind found(Map<String, String> variables) {
        if (!text(variables, SECRET).isEmpty() || !text(variables, SECRET_FILE).isEmpty()) {
            return CredentialKind.SECRET;
        }
        if (!text(variables, CERTIFICATE).isEmpty()) {
            return CredentialKind.CERTIFICATE;
        }
        return text(variables, TOKEN_FILE).isEmpty() ? CredentialKind.MANAGED : CredentialKind.WORKLOAD;
    }

    private static String why(CredentialKind kind) {
        return switch (kind) {
            case SECRET -> SECRET + " or " + SECRET_FILE + " is set";
            case CERTIFICATE -> CERTIFICATE + " is set";
            case WORKLOAD -> TOKEN_FILE + " is set";
            default -> "neither a secret, a certificate nor a token file is set";
        };
    }

    private static String secret(Map<String, String> variables) {
        String file = text(variables, SECRET_FILE);
        if (file.isEmpty()) {
            String secret = text(variables, SECRET);
            if (secret.isEmpty()) {
                throw new IllegalArgumentException("The credential 'secret' needs " + SECRET_FILE + " or " + SECRET
                        + ", and neither is set.");
            }
            return secret;
        }
        try {
            List<String> lines = Files.readAllLines(Path.of(file));
            if (lines.isEmpty() || lines.getFirst().isBlank()) {
                throw new IllegalArgumentException("The file " + file + " of " + SECRET_FILE + " is empty.");
            }
            return lines.getFirst().strip();
        } catch (IOException e) {
            throw new IllegalArgumentException("The file " + file + " of " + SECRET_FILE + " cannot be read: "
                    + e.getMessage(), e);
        }
    }

    private static Path file(Map<String, String> variables, String name) {
        Path file = Path.of(text(variables, name));
        if (file.toString().isEmpty() || !Files.isReadable(file)) {
            throw new IllegalArgumentException("The file " + file + " of " + name + " cannot be read.");
        }
        return file;
    }

    private static URI authority(Map<String, String> variables) {
        String host = text(variables, "AZURE_AUTHORITY_HOST");
        String cloud = text(variables, CLOUD).toLowerCase(Locale.ROOT);
        if (host.isEmpty()) {
            host = CLOUDS.getOrDefault(cloud.isEmpty() ? "public" : cloud, "");
        }
        if (!host.startsWith("https://")) {
            throw new IllegalArgumentException(host.isEmpty()
                    ? CLOUD + " is '" + cloud + "', and not one of public, usgovernment, china."
                    : "AZURE_AUTHORITY_HOST has to begin with https://, and is " + host + ".");
        }
        return URI.create(host.endsWith("/") ? host : host + "/");
    }

    /** Whether tokens come from one of Microsoft's own clouds. */
    public boolean isMicrosoft() {
        return CLOUDS.containsValue(authority.toString());
    }

    /** A variable, empty when it is not set. */
    public String variable(String name) {
        return text(variables, name);
    }

    private static String text(Map<String, String> variables, String name) {
        return variables.getOrDefault(name, "").strip();
    }

    /** What people may see of it. */
    public String explain() {
        String who = switch (kind) {
            case SECRET -> "application " + client + " of tenant " + tenant + " with a secret";
            case CERTIFICATE -> "application " + client + " of tenant " + tenant + " with the certificate "
                    + certificate;
            case WORKLOAD -> "application " + client + " of tenant " + tenant + " with the token in " + tokenFile;
            case MANAGED ->
                client.isEmpty() ? "the managed identity of this machine" : "the managed identity " + client;
            case CLI -> "whoever is signed in to Azure's own command line ('az login')";
            case DEVELOPMENT_KEY -> "the well-known key of an emulator";
        };
        return who + " (" + reason + ")";
    }

    @Override
    public String toString() {
        return explain();
    }
}
