package org.holdfast.agent.internal.check;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.client.ProxySettings;

/** The way from this server to the services of Azure that an agent, or a vault server on it, talks to. */
public final class AzureChecks {
    private static final int HTTPS = 443;
    /** Azure refuses signatures and tokens from 15 minutes on. */
    private static final Duration SKEW_FAILURE = Duration.ofMinutes(15);
    private static final Duration SKEW_WARNING = Duration.ofMinutes(2);

    private final @Nullable ProxySettings proxy;
    private final Clock clock;
    private final AzureNames names;
    private final SSLContext tls;
    private final AzureMachine machine;

    /**
     * What is asked.
     *
     * @param cloud null: the cloud of this VM, and the public one when it is none
     * @param accounts storage accounts, by name or by the whole name of their blob endpoint
     * @param keyVaults Key Vaults, by name or by the whole name
     * @param region the vault's, empty when not known
     */
    public record Request(@Nullable AzureCloud cloud, List<String> accounts, List<String> keyVaults, String region) {
    }

    /** What answers at a name. */
    enum Kind {
        /** Entra ID. */
        LOGIN,
        /** Blobs of an account. */
        BLOBS,
        /** A Key Vault. */
        KEY_VAULT
    }

    /** A service at an address. */
    record Endpoint(String host, int port, Kind kind) {
    }

    /** From this machine, with the authorities that Java trusts. */
    public static AzureChecks ofThisMachine(@Nullable ProxySettings proxy, Clock clock) {
        try {
            return new AzureChecks(proxy, clock, AzureNames.ofThisMachine(), SSLContext.getDefault(),
                    AzureMachine.SERVICE);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    AzureChecks(@Nullable ProxySettings proxy, Clock clock, AzureNames names, SSLContext tls, URI metadata) {
        this.proxy = proxy;
        this.clock = clock;
        this.names = names;
        this.tls = tls;
        this.machine = new AzureMachine(metadata);
    }

    /** Checks everything, one after the other. */
    public List<CheckStep> run(Request request) {
        List<CheckStep> steps = new ArrayList<>();
        AzureMachine.Vm vm = machine.look();
        AzureCloud found = vm == null ? null : AzureCloud.ofEnvironment(vm.environment());
        AzureCloud wanted = request.cloud();
        AzureCloud cloud = wanted != null ? wanted : found != null ? found : AzureCloud.PUBLIC;
        machine(vm, found, cloud, request.region(), steps);
        List<Endpoint> endpoints = new ArrayList<>();
        endpoints.add(new Endpoint(cloud.login(), HTTPS, Kind.LOGIN));
        request.accounts().forEach(each -> endpoints.add(new Endpoint(cloud.blobs(each), HTTPS, Kind.BLOBS)));
        request.keyVaults().forEach(each -> endpoints.add(new Endpoint(cloud.keyVault(each), HTTPS, Kind.KEY_VAULT)));
        endpoints.forEach(each -> steps.addAll(run(each)));
        if (request.accounts().isEmpty()) {
            steps.add(CheckStep.skipped("storage", "no account is named; give --account NAME"));
        }
        return steps;
    }

    private static void machine(AzureMachine.@Nullable Vm vm, @Nullable AzureCloud found, AzureCloud cloud,
            String region, List<CheckStep> steps) {
        if (vm == null) {
            steps.add(CheckStep.ok("machine", "not a VM of Azure"));
            return;
        }
        steps.add(CheckStep.ok("machine", "Azure VM " + vm.name() + " in " + vm.region() + ", resource group "
                + vm.group() + ", subscription " + vm.subscription()));
        if (found != null && found != cloud) {
            steps.add(CheckStep.warning("cloud", "this VM is in the cloud '" + found.text() + "', and '" + cloud.text()
                    + "' is checked", "Leave --cloud out, or give --cloud " + found.text() + "."));
        }
        steps.add(vm.identity()
                ? CheckStep.ok("identity", "this VM has a managed identity: programs on it need no secret"
                        + " (HOLDFAST_AZURE_CREDENTIAL=managed)")
                : CheckStep.skipped("identity", "this VM has no managed identity; 'az vm identity assign"
                        + " --resource-group " + vm.group() + " --name " + vm.name() + "' gives it one"));
        if (!region.isEmpty()) {
            boolean same = region.replace(" ", "").toLowerCase(Locale.ROOT).equals(vm.region());
            steps.add(same ? CheckStep.ok("region", "the vault is in the same region")
                    : CheckStep.warning("region", "this VM is in " + vm.region() + ", the vault in " + region,
                            "That protects against the loss of a region, and costs traffic between regions; use a"
                                    + " vault in " + vm.region() + " when that is not meant."));
        }
    }

    /** Name, connection, TLS, clock of one service. */
    List<CheckStep> run(Endpoint endpoint) {
        List<CheckStep> steps = new ArrayList<>();
        String where = endpoint.host() + ":" + endpoint.port();
        try {
            if (proxy == null) {
                name(endpoint, steps);
            } else {
                steps.add(CheckStep.skipped("name " + endpoint.host(), "the proxy resolves it"));
            }
            var line = new Line(proxy, "the name");
            try (Socket socket = line.connect(endpoint.host(), endpoint.port(), where, steps);
                    SSLSocket secure = tls(socket, endpoint, where, steps)) {
                answer(secure, where, steps);
            }
        } catch (Line.StepFailedException e) {
            steps.add(CheckStep.failed(e.step(), String.valueOf(e.getMessage()), e.remedy()));
        } catch (IOException e) {
            steps.add(CheckStep.failed("connection " + where, String.valueOf(e.getMessage()), "Try again."));
        }
        return steps;
    }

    private void name(Endpoint endpoint, List<CheckStep> steps) throws Line.StepFailedException {
        String step = "name " + endpoint.host();
        AzureNames.Found found;
        try {
            found = names.find(endpoint.host());
        } catch (UnknownHostException e) {
            throw new Line.StepFailedException(step, "the name cannot be resolved", endpoint.kind() == Kind.LOGIN
                    ? "Check the name servers of this server."
                    : "Check the spelling and the cloud; with a private endpoint, link its private DNS zone to this"
                            + " network, or have its name forwarded there.",
                    e);
        }
        String addresses = String.join(", ", found.addresses().stream().map(InetAddress::getHostAddress).toList());
        boolean inside = found.addresses().stream().allMatch(Line::isPrivate);
        String link = found.aliases().stream().filter(alias -> alias.contains(".privatelink.")).findFirst().orElse("");
        if (endpoint.kind() == Kind.LOGIN) {
            steps.add(inside ? CheckStep.warning(step, addresses + " (private address)", "Entra ID has no private"
                    + " endpoint: something on this network answers in its place. Let its name out to the internet,"
                    + " or over Microsoft peering.")
                    : CheckStep.ok(step, addresses + " (public address; Entra ID has no private endpoint)"));
        } else if (inside) {
            steps.add(CheckStep.ok(step, addresses + " (private endpoint" + (link.isEmpty() ? "" : ", " + link) + ")"));
        } else if (!link.isEmpty()) {
            steps.add(CheckStep.warning(step, addresses + " (public address, although there is a private endpoint, "
                    + link + ")",
                    "Link the private DNS zone of the endpoint to this network when the way should be"
                            + " private; with public access turned off, storage refuses this way."));
        } else {
            steps.add(CheckStep.ok(step, addresses + " (public address)"));
        }
    }

    private SSLSocket tls(Socket socket, Endpoint endpoint, String where, List<CheckStep> steps)
            throws Line.StepFailedException, IOException {
        String step = "tls " + where;
        try {
            var secure = (SSLSocket) tls.getSocketFactory().createSocket(socket, endpoint.host(), endpoint.port(),
                    true);
            var parameters = secure.getSSLParameters();
            parameters.setProtocols(new String[] { "TLSv1.3", "TLSv1.2" });
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secure.setSSLParameters(parameters);
            secure.startHandshake();
            var certificate = (X509Certificate) secure.getSession().getPeerCertificates()[0];
            steps.add(CheckStep.ok(step, secure.getSession().getProtocol() + ", certificate of "
                    + certificate.getIssuerX500Principal().getName()));
            return secure;
        } catch (SSLException e) {
            throw new Line.StepFailedException(step, String.valueOf(e.getMessage()),
                    "Check this server's clock (" + clock.instant() + "), and take the name out of what inspects TLS"
                            + " on the way: its certificate is not one of Microsoft's then. TLS 1.2 is needed at"
                            + " least.",
                    e);
        }
    }

    /** Any answer will do: without a token it is a refusal, and it has a date. */
    private void answer(SSLSocket secure, String where, List<CheckStep> steps) throws IOException {
        secure.getOutputStream().write(("GET / HTTP/1.1\r\nHost: " + where.replaceFirst(":443$", "")
                + "\r\nUser-Agent: holdfast-agent\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        Line.Head head = Line.head(secure);
        String date = head.fields().get("date");
        String step = "clock " + where;
        if (date == null) {
            steps.add(CheckStep.skipped(step, "the answer has no date"));
            return;
        }
        try {
            Duration skew = Duration.between(
                    ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant(), clock.instant());
            String detail = "differs from Azure's by " + skew.abs().toSeconds() + " seconds";
            String remedy = "Set the clock, and keep it right with NTP: Azure refuses tokens and permits of another"
                    + " time.";
            steps.add(skew.abs().compareTo(SKEW_FAILURE) >= 0 ? CheckStep.failed(step, detail, remedy)
                    : skew.abs().compareTo(SKEW_WARNING) > 0 ? CheckStep.warning(step, detail, remedy)
                            : CheckStep.ok(step, detail));
        } catch (DateTimeException e) {
            steps.add(CheckStep.skipped(step, "the date of the answer cannot be understood"));
        }
    }
}
