package org.holdfast.agent.internal.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import org.holdfast.agent.internal.check.AzureChecks.Endpoint;
import org.holdfast.agent.internal.check.AzureChecks.Kind;
import org.holdfast.agent.internal.check.CheckStep.Result;
import org.holdfast.client.ProxySettings;
import org.holdfast.crypto.x509.Authority;
import org.holdfast.crypto.x509.EcKeys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;

/** The way to Azure, with a service and a metadata service on this machine. */
@Timeout(60)
class AzureChecksTest {
    private static final URI NO_METADATA = URI.create("http://127.0.0.1:1");
    private static final Clock CLOCK = Clock.systemUTC();
    private SSLContext tls;
    private HttpsServer service;
    private HttpServer metadata;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() throws Exception {
        Instant now = CLOCK.instant();
        Authority authority = Authority.create("test", now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(1)));
        var keys = EcKeys.generate();
        X509Certificate certificate = authority.issueServer(keys.getPublic(), List.of("localhost"),
                now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(1)));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("own", keys.getPrivate(), new char[0],
                new X509Certificate[] { certificate, authority.certificate() });
        store.setCertificateEntry("authority", authority.certificate());
        var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(store, new char[0]);
        var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(store);
        tls = SSLContext.getInstance("TLS");
        tls.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        service = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        service.setHttpsConfigurator(new HttpsConfigurator(tls));
        service.createContext("/", exchange -> {
            exchange.sendResponseHeaders(400, -1);
            exchange.close();
        });
        service.start();
        metadata = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        metadata.start();
    }

    @AfterEach
    void stop() {
        service.stop(0);
        metadata.stop(0);
    }

    private void vm(boolean identity) {
        metadata.createContext("/metadata/instance", exchange -> {
            asked.add(exchange.getRequestHeaders().getFirst("Metadata") + exchange.getRequestURI());
            answer(exchange, 200, "{\"compute\":{\"azEnvironment\":\"AzureUSGovernmentCloud\",\"location\":"
                    + "\"usgovvirginia\",\"name\":\"web-01\",\"resourceGroupName\":\"web\",\"subscriptionId\":"
                    + "\"s-1\",\"vmId\":\"02aab8a4-74ef-476e-8182-f6d2ba4166a6\"}}");
        });
        metadata.createContext("/metadata/identity", exchange -> answer(exchange, identity ? 200 : 400,
                identity ? "{\"access_token\":\"t\"}" : "{\"error\":\"invalid_request\"}"));
    }

    private static void answer(com.sun.net.httpserver.HttpExchange exchange, int status, String text)
            throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static AzureNames names(String address, String... aliases) {
        return host -> new AzureNames.Found(List.of(InetAddress.getByName(address)), List.of(aliases));
    }

    private List<CheckStep> check(AzureNames names, Kind kind, Clock clock) {
        return new AzureChecks(null, clock, names, tls, NO_METADATA)
                .run(new Endpoint("localhost", service.getAddress().getPort(), kind));
    }

    private static List<Result> results(List<CheckStep> steps) {
        return steps.stream().map(CheckStep::result).toList();
    }

    @Test
    void everyStepOfAGoodWayIsTold() {
        List<CheckStep> steps = check(names("20.60.1.2"), Kind.BLOBS, CLOCK);
        assertEquals(List.of(Result.OK, Result.OK, Result.OK, Result.OK), results(steps), steps::toString);
        assertEquals("20.60.1.2 (public address)", steps.getFirst().detail());
        assertTrue(steps.get(2).detail().startsWith("TLSv1.3"), steps.get(2).detail());
    }

    @Test
    void privateEndpointsAreRecognised() {
        String link = "contoso.privatelink.blob.core.windows.net";
        assertEquals("10.1.0.4 (private endpoint, " + link + ")",
                check(names("10.1.0.4", link), Kind.BLOBS, CLOCK).getFirst().detail());
        assertEquals("172.20.0.9 (private endpoint)",
                check(names("172.20.0.9"), Kind.KEY_VAULT, CLOCK).getFirst().detail());
        CheckStep unlinked = check(names("20.60.1.2", link), Kind.BLOBS, CLOCK).getFirst();
        assertEquals(Result.WARNING, unlinked.result());
        assertTrue(unlinked.remedy().contains("private DNS zone"), unlinked.remedy());
        CheckStep entra = check(names("10.1.0.5"), Kind.LOGIN, CLOCK).getFirst();
        assertEquals(Result.WARNING, entra.result());
        assertTrue(entra.remedy().startsWith("Entra ID has no private endpoint"), entra.remedy());
        assertEquals(Result.OK, check(names("20.190.128.1"), Kind.LOGIN, CLOCK).getFirst().result());
    }

    @Test
    void clocksThatDifferAreFound() {
        CheckStep late = check(names("20.60.1.2"), Kind.BLOBS, Clock.offset(CLOCK, Duration.ofMinutes(-5))).getLast();
        assertEquals(Result.WARNING, late.result(), late::toString);
        CheckStep far = check(names("20.60.1.2"), Kind.BLOBS, Clock.offset(CLOCK, Duration.ofHours(9))).getLast();
        assertEquals(Result.FAILED, far.result(), far::toString);
    }

    @Test
    void whatStandsInTheWayIsNamed() throws Exception {
        AzureNames none = host -> {
            throw new UnknownHostException(host);
        };
        CheckStep unknown = check(none, Kind.KEY_VAULT, CLOCK).getLast();
        assertEquals(Result.FAILED, unknown.result());
        assertTrue(unknown.remedy().contains("private DNS zone"), unknown.remedy());

        List<CheckStep> inspected = new AzureChecks(null, CLOCK, names("20.60.1.2"), SSLContext.getDefault(),
                NO_METADATA).run(new Endpoint("localhost", service.getAddress().getPort(), Kind.BLOBS));
        assertEquals(Result.FAILED, inspected.getLast().result());
        assertTrue(inspected.getLast().remedy().contains("inspects TLS"), inspected.getLast().remedy());

        try (var proxy = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> refuse(proxy));
            List<CheckStep> steps = new AzureChecks(new ProxySettings("127.0.0.1", proxy.getLocalPort(), null, null),
                    CLOCK, none, tls, NO_METADATA).run(new Endpoint("contoso.blob.core.windows.net", 443, Kind.BLOBS));
            assertEquals(List.of(Result.SKIPPED, Result.FAILED), results(steps), steps::toString);
            assertTrue(steps.getLast().remedy().contains("CONNECT to contoso.blob.core.windows.net:443"),
                    steps.getLast().remedy());
        }
    }

    private static void refuse(ServerSocket proxy) {
        try (Socket one = proxy.accept()) {
            one.getInputStream().read(new byte[1000]);
            one.getOutputStream().write("HTTP/1.1 403 Forbidden\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aVmOfAzureIsRecognised() {
        vm(true);
        URI at = URI.create("http://127.0.0.1:" + metadata.getAddress().getPort());
        var checks = new AzureChecks(null, CLOCK, host -> {
            throw new UnknownHostException(host);
        }, tls, at);
        List<CheckStep> steps = checks.run(new AzureChecks.Request(null, List.of(), List.of(), "US Gov Texas"));

        assertEquals(List.of("true/metadata/instance?api-version=2021-02-01"), asked);
        assertEquals("Azure VM web-01 in usgovvirginia, resource group web, subscription s-1",
                steps.getFirst().detail());
        assertTrue(steps.get(1).detail().contains("HOLDFAST_AZURE_CREDENTIAL=managed"), steps::toString);
        assertEquals(Result.WARNING, steps.get(2).result());
        assertEquals("name login.microsoftonline.us", steps.get(3).name());

        CheckStep cloud = checks.run(new AzureChecks.Request(AzureCloud.CHINA, List.of("contoso"), List.of(),
                "usgovvirginia")).get(1);
        assertEquals(Result.WARNING, cloud.result());
        assertTrue(cloud.remedy().contains("--cloud usgovernment"), cloud.remedy());
        assertNull(new AzureMachine(NO_METADATA).look());
    }

    @Test
    void aVmWithoutAnIdentityIsToldHowToGetOne() {
        vm(false);
        var vm = new AzureMachine(URI.create("http://127.0.0.1:" + metadata.getAddress().getPort())).look();
        assertEquals(new AzureMachine.Vm("web-01", "usgovvirginia", "AzureUSGovernmentCloud", "s-1", "web", false), vm);
    }

    @Test
    void rulesCanBePasted() throws Exception {
        String az = AzureRules.az("network", "servers", false);
        assertEquals(3, az.lines().count());
        assertEquals("az network nsg rule create --resource-group network --nsg-name servers --name AllowBackupOut"
                + " --priority 200 --direction Outbound --access Allow --protocol Tcp --source-address-prefixes"
                + " VirtualNetwork --source-port-ranges '*' --destination-address-prefixes AzureBackup"
                + " --destination-port-ranges 443", az.lines().findFirst().orElseThrow());
        var template = new ObjectMapper().readTree(new ByteArrayInputStream(
                AzureRules.json("servers", true).getBytes(StandardCharsets.UTF_8)));
        assertEquals(List.of("AzureBackup", "Storage", "AzureActiveDirectory", "AzureKeyVault"),
                template.path("resources").findValuesAsText("destinationAddressPrefix"));
        assertEquals("servers", template.at("/parameters/networkSecurityGroup/defaultValue").asText());
        String bicep = AzureRules.bicep("servers", false);
        assertTrue(bicep.contains("resource allowStorageOut "
                + "'Microsoft.Network/networkSecurityGroups/securityRules@2023-11-01' = {\n  parent: group\n"), bicep);
        assertEquals(bicep.chars().filter(c -> c == '{').count(), bicep.chars().filter(c -> c == '}').count());
        assertTrue(AzureRules.expressRoute().getFirst().contains("12076:5060"));
        for (AzureCloud cloud : AzureCloud.values()) {
            assertTrue(cloud.allowed().stream().anyMatch(a -> a.name().equals(cloud.login())), cloud::text);
        }
    }
}
