package org.holdfast.keys.azure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Map;
import java.util.TreeMap;

import org.holdfast.azure.doubles.EntraDouble;
import org.holdfast.azure.doubles.Jwt;
import org.holdfast.azure.doubles.KeyVaultDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The double itself: fields and their types are those that Microsoft publishes for api-version 7.4
 * (https://learn.microsoft.com/rest/api/keyvault/secrets), and tokens are looked at.
 */
class KeyVaultDoubleTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ATTRIBUTES = "attributes{created:number,enabled:boolean,recoveryLevel:string,"
            + "updated:number}";
    private @TempDir Path folder = Path.of("");
    private Cloud cloud;
    private HttpClient http;
    private String token;

    @BeforeEach
    void start() {
        cloud = new Cloud(folder, false);
        http = HttpClient.newBuilder().sslContext(cloud.tls.context()).build();
        token = cloud.entra.token(cloud.client, KeyVaultDouble.AUDIENCE);
    }

    @AfterEach
    void stop() {
        http.close();
        cloud.close();
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(cloud.vault.url() + path)).method(method,
                BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private String shape(String method, String path, String body) throws Exception {
        HttpResponse<String> answer = send(method, path + (path.contains("?") ? "&" : "?") + "api-version=7.4", body);
        assertEquals(200, answer.statusCode(), answer.body());
        return shape(JSON.readTree(answer.body()));
    }

    /** Names and types of all fields, in the order of the alphabet. */
    private static String shape(JsonNode node) {
        if (node.isArray()) {
            return "[" + (node.isEmpty() ? "" : shape(node.get(0))) + "]";
        }
        if (!node.isObject()) {
            return node.isTextual() ? "string"
                    : node.isNumber() ? "number" : node.isBoolean() ? "boolean" : "null";
        }
        var fields = new TreeMap<String, String>();
        node.properties().forEach(e -> fields.put(e.getKey(), shape(e.getValue())));
        var out = new StringBuilder("{");
        fields.forEach((name, value) -> out.append(out.length() == 1 ? "" : ",").append(name)
                .append(value.startsWith("{") || value.startsWith("[") ? value : ":" + value));
        return out.append("}").toString();
    }

    @Test
    void fieldsAreThoseOfTheService() throws Exception {
        assertEquals("{" + ATTRIBUTES + ",id:string,value:string}", shape("PUT", "/secrets/a", "{\"value\":\"x\"}"));
        assertEquals("{" + ATTRIBUTES + ",id:string,value:string}", shape("GET", "/secrets/a", ""));
        String id = JSON.readTree(send("GET", "/secrets/a?api-version=7.4", "").body()).path("id").asText();
        assertTrue(id.matches("https://localhost:\\d+/secrets/a/[0-9a-f]{32}"), id);
        String version = id.substring(id.lastIndexOf('/') + 1);
        assertEquals("{" + ATTRIBUTES + ",contentType:string,id:string,tags{mytag:string}}",
                shape("PATCH", "/secrets/a/" + version,
                        "{\"tags\":{\"mytag\":\"v\"},\"contentType\":\"t\",\"attributes\":{\"enabled\":true}}"));
        send("PUT", "/secrets/a?api-version=7.4", "{\"value\":\"y\"}");
        send("PUT", "/secrets/b?api-version=7.4", "{\"value\":\"z\"}");
        assertEquals("{nextLink:string,value[{" + ATTRIBUTES + ",id:string}]}", shape("GET", "/secrets?maxresults=1",
                ""));
        assertEquals("{nextLink:string,value[{" + ATTRIBUTES + ",id:string}]}",
                shape("GET", "/secrets/a/versions?maxresults=1", ""));
        String deleted = "{" + ATTRIBUTES + ",deletedDate:number,id:string,recoveryId:string,"
                + "scheduledPurgeDate:number}";
        assertEquals(deleted, shape("DELETE", "/secrets/a", ""));
        assertEquals(deleted, shape("GET", "/deletedsecrets/a", ""));
        assertEquals("{nextLink:null,value[" + deleted + "]}", shape("GET", "/deletedsecrets", ""));
        assertEquals("{" + ATTRIBUTES + ",id:string}", shape("POST", "/deletedsecrets/a/recover", ""));
        send("DELETE", "/secrets/a?api-version=7.4", "");
        HttpResponse<String> purged = send("DELETE", "/deletedsecrets/a?api-version=7.4", "");
        assertEquals(204, purged.statusCode());
        assertEquals("", purged.body());
    }

    @Test
    void keysWrapAndUnwrap() throws Exception {
        String path = URI.create(cloud.vault.makeKey("k")).getPath();
        assertEquals("{" + ATTRIBUTES + ",key{e:string,key_ops[string],kid:string,kty:string,n:string}}",
                shape("GET", "/keys/k", ""));
        String body = "{\"alg\":\"RSA-OAEP-256\",\"value\":\"AAEC\"}";
        assertEquals("{kid:string,value:string}", shape("POST", path + "/wrapkey", body));
        String wrapped = JSON.readTree(send("POST", path + "/wrapkey?api-version=7.4", body).body()).path("value")
                .asText();
        assertEquals("AAEC", JSON.readTree(send("POST", path + "/unwrapkey?api-version=7.4",
                JSON.writeValueAsString(Map.of("alg", "RSA-OAEP-256", "value", wrapped))).body()).path("value")
                .asText());
        assertEquals(400, send("POST", path + "/unwrapkey?api-version=7.4", body).statusCode());
    }

    @Test
    void tokensAreLookedAt() throws Exception {
        String good = token;
        token = "";
        HttpResponse<String> challenge = send("GET", "/secrets?api-version=7.4", "");
        assertEquals(401, challenge.statusCode());
        assertEquals("Bearer authorization=\"" + cloud.entra.url() + "/" + EntraDouble.TENANT
                + "\", resource=\"https://vault.azure.net\"",
                challenge.headers().firstValue("WWW-Authenticate").orElse(""));
        token = cloud.entra.token(cloud.client, "https://storage.azure.com");
        assertRefused("Invalid audience");
        token = Jwt.sign("other", KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate(),
                (ObjectNode) Jwt.parse(good).claims());
        assertRefused("Invalid token");
        token = Jwt.sign("x", cloud.tls.pair().getPrivate(),
                ((ObjectNode) Jwt.parse(good).claims()).put("exp", 1000));
        assertRefused("expired");
        token = Jwt.sign("x", cloud.tls.pair().getPrivate(),
                ((ObjectNode) Jwt.parse(good).claims()).put("tid", "another"));
        assertRefused("AKV10032");
        token = good;
        assertEquals(200, send("GET", "/secrets?api-version=7.4", "").statusCode());
        assertEquals(400, send("GET", "/secrets?api-version=1.0", "").statusCode());
        cloud.vault.grant(cloud.client);
        assertTrue(send("GET", "/secrets?api-version=7.4", "").body().contains("ForbiddenByRbac"));
    }

    private void assertRefused(String why) throws IOException, InterruptedException, Exception {
        HttpResponse<String> answer = send("GET", "/secrets?api-version=7.4", "");
        assertEquals(401, answer.statusCode());
        assertTrue(answer.body().contains(why), answer.body());
        assertFalse(answer.body().contains(token));
    }
}
