package org.holdfast.agent.internal.check;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.client.ProxySettings;
import org.holdfast.crypto.x509.Hosts;
import org.holdfast.crypto.x509.Pem;

/**
 * The way to one address of the vault, step by step with plain sockets, so that it can be said which step fails and
 * what to open in the firewall.
 */
final class NetworkChecks {
    private static final int STANDARD_PORT = 8443;
    private static final Duration SKEW_WARNING = Duration.ofMinutes(1);
    private static final Duration SKEW_FAILURE = Duration.ofDays(1);
    private static final String VERSION_HEADER = "holdfast-version";

    private final String ca;
    private final @Nullable ProxySettings proxy;
    private final Line line;
    private final Clock clock;
    private final String version;

    NetworkChecks(String ca, @Nullable ProxySettings proxy, Clock clock, String version) {
        this.ca = ca;
        this.proxy = proxy;
        this.line = new Line(proxy, "that the vault runs");
        this.clock = clock;
        this.version = version;
    }

    List<CheckStep> run(String address) {
        List<CheckStep> steps = new ArrayList<>();
        String bare = address.replaceFirst("^https://", "").replaceFirst("/.*$", "");
        String host = Hosts.ofEndpoint(bare);
        int port = port(bare);
        String where = host + ":" + port;
        try {
            if (proxy == null) {
                resolve(host, steps);
            } else {
                steps.add(CheckStep.skipped("name " + host, "the proxy resolves it"));
            }
            try (Socket socket = line.connect(host, port, where, steps);
                    SSLSocket tls = tls(socket, host, port, where,
                            steps)) {
                endpoint(tls, where, steps);
            }
        } catch (Line.StepFailedException e) {
            steps.add(CheckStep.failed(e.step(), e.getMessage(), e.remedy()));
        } catch (IOException e) {
            steps.add(CheckStep.failed("connection " + where, String.valueOf(e.getMessage()), "Try again."));
        }
        return steps;
    }

    private static int port(String address) {
        String rest = address.startsWith("[") ? address.substring(address.indexOf(']') + 1)
                : address.indexOf(':') == address.lastIndexOf(':') && address.indexOf(':') > 0
                        ? address.substring(address.indexOf(':'))
                        : "";
        try {
            return rest.startsWith(":") ? Integer.parseInt(rest.substring(1)) : STANDARD_PORT;
        } catch (NumberFormatException e) {
            return STANDARD_PORT;
        }
    }

    private static void resolve(String host, List<CheckStep> steps) throws Line.StepFailedException {
        try {
            List<String> found = new ArrayList<>();
            boolean inside = true;
            for (InetAddress one : InetAddress.getAllByName(host)) {
                found.add(one.getHostAddress());
                inside &= Line.isPrivate(one);
            }
            steps.add(CheckStep.ok("name " + host, String.join(", ", found)
                    + (inside ? " (private address)" : " (public address)")));
        } catch (UnknownHostException e) {
            throw new Line.StepFailedException("name " + host, "the name cannot be resolved",
                    "Check the name servers of this server, or put the name into /etc/hosts.", e);
        }
    }

    private SSLSocket tls(Socket socket, String host, int port, String where, List<CheckStep> steps)
            throws Line.StepFailedException, IOException {
        String name = "tls " + where;
        try {
            var tls = (SSLSocket) context().getSocketFactory().createSocket(socket, host, port, true);
            var parameters = tls.getSSLParameters();
            parameters.setProtocols(new String[] { "TLSv1.3", "TLSv1.2" });
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            tls.setSSLParameters(parameters);
            tls.startHandshake();
            var certificate = (X509Certificate) tls.getSession().getPeerCertificates()[0];
            steps.add(CheckStep.ok(name, tls.getSession().getProtocol() + ", " + tls.getSession().getCipherSuite()
                    + ", certificate valid until " + certificate.getNotAfter().toInstant()));
            return tls;
        } catch (SSLException e) {
            throw new Line.StepFailedException(name, String.valueOf(e.getMessage()),
                    "Check that this is the vault of the credentials file, that nothing on the way replaces its"
                            + " certificate, and this server's clock (" + clock.instant() + ").",
                    e);
        } catch (GeneralSecurityException e) {
            throw new Line.StepFailedException(name, "the certificate of the vault's authority cannot be used",
                    "Download a new credentials file.", e);
        }
    }

    private SSLContext context() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        int n = 0;
        for (X509Certificate one : Pem.certificates(ca)) {
            store.setCertificateEntry("ca" + n++, one);
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), new SecureRandom());
        return context;
    }

    private void endpoint(SSLSocket tls, String where, List<CheckStep> steps)
            throws IOException, Line.StepFailedException {
        tls.getOutputStream().write(("GET /health HTTP/1.1\r\nHost: " + where
                + "\r\nUser-Agent: holdfast-agent\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        Line.Head head;
        try {
            head = Line.head(tls);
        } catch (IOException e) {
            throw new Line.StepFailedException("vault " + where, "no answer: " + e.getMessage(),
                    "Check what answers at this port.", e);
        }
        steps.add(head.status() == 200 ? CheckStep.ok("vault " + where, "well")
                : CheckStep.warning("vault " + where, "answers with " + head.status(), "Look at the vault's log."));
        steps.add(skew(head.fields().get("date")));
        steps.add(version(head.fields().get(VERSION_HEADER)));
    }

    private CheckStep skew(@Nullable String date) {
        if (date == null) {
            return CheckStep.skipped("clock", "the vault does not tell its time");
        }
        try {
            Duration skew = Duration.between(
                    ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant(), clock.instant());
            String detail = "differs from the vault's by " + skew.abs().toSeconds() + " seconds";
            String remedy = "Set the clock, and keep it right with NTP.";
            if (skew.abs().compareTo(SKEW_FAILURE) > 0) {
                return CheckStep.failed("clock", detail, remedy);
            }
            return skew.abs().compareTo(SKEW_WARNING) > 0 ? CheckStep.warning("clock", detail, remedy)
                    : CheckStep.ok("clock", detail);
        } catch (DateTimeException e) {
            return CheckStep.skipped("clock", "the vault's time cannot be understood");
        }
    }

    private CheckStep version(@Nullable String latest) {
        if (latest == null || latest.isEmpty()) {
            return CheckStep.ok("version", version + "; the vault names no other");
        }
        return latest.equals(version) ? CheckStep.ok("version", version + " is the vault's latest")
                : CheckStep.warning("version", version + ", the vault's latest is " + latest, "Update the agent.");
    }
}
