package org.holdfast.azure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AzureSettingsTest {
    private static final Map<String, String> APPLICATION = Map.of("AZURE_TENANT_ID", "t", "AZURE_CLIENT_ID", "c");

    private @TempDir Path folder = Path.of("");

    private static AzureSettings of(String... more) {
        Map<String, String> variables = new HashMap<>(APPLICATION);
        for (int i = 0; i < more.length; i += 2) {
            variables.put(more[i], more[i + 1]);
        }
        return AzureSettings.of(variables);
    }

    @Test
    void whatIsSetDecides() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "first line \nsecond\n");
        assertEquals(CredentialKind.MANAGED, of().kind());
        assertEquals(CredentialKind.SECRET, of("AZURE_CLIENT_SECRET", "s").kind());
        assertEquals("first line", of("HOLDFAST_AZURE_SECRET_FILE", file.toString()).secret());
        assertEquals(CredentialKind.CERTIFICATE, of("AZURE_CLIENT_CERTIFICATE_PATH", file.toString()).kind());
        assertEquals(CredentialKind.WORKLOAD, of("AZURE_FEDERATED_TOKEN_FILE", file.toString()).kind());
        assertEquals(CredentialKind.MANAGED, of("AZURE_CLIENT_SECRET", "s", "HOLDFAST_AZURE_CREDENTIAL", "managed")
                .kind());
        assertEquals(CredentialKind.MANAGED, AzureSettings.of(Map.of()).kind());
        assertEquals(CredentialKind.CLI, of("AZURE_CLIENT_SECRET", "s", "HOLDFAST_AZURE_CREDENTIAL", "cli").kind());
    }

    @Test
    void secretsAreNotShown() {
        AzureSettings settings = of("AZURE_CLIENT_SECRET", "very-secret");
        assertFalse((settings + settings.explain()).contains("very-secret"));
        assertTrue(settings.explain().contains("AZURE_CLIENT_SECRET"), settings::explain);
    }

    @ParameterizedTest
    @CsvSource({ "HOLDFAST_AZURE_CREDENTIAL,secret,neither is set", "HOLDFAST_AZURE_CREDENTIAL,shared-key,not one of",
            "HOLDFAST_AZURE_SECRET_FILE,/nowhere,cannot be read",
            "AZURE_CLIENT_CERTIFICATE_PATH,/nowhere,cannot be read",
            "AZURE_AUTHORITY_HOST,http://login.example,begin with https", "HOLDFAST_AZURE_CLOUD,mars,not one of" })
    void whatIsWrongIsSaid(String variable, String value, String words) {
        var e = assertThrows(IllegalArgumentException.class, () -> of(variable, value));
        assertTrue(String.valueOf(e.getMessage()).contains(words), e::getMessage);
    }

    @Test
    void anApplicationNeedsItsIds() {
        var e = assertThrows(IllegalArgumentException.class,
                () -> AzureSettings.of(Map.of("AZURE_CLIENT_SECRET", "s", "AZURE_TENANT_ID", "t")));
        assertTrue(String.valueOf(e.getMessage()).contains("AZURE_CLIENT_ID"), e::getMessage);
    }

    @ParameterizedTest
    @CsvSource({ "public,https://login.microsoftonline.com/", "usgovernment,https://login.microsoftonline.us/",
            "china,https://login.chinacloudapi.cn/" })
    void cloudsAreKnown(String cloud, String authority) {
        AzureSettings settings = of("HOLDFAST_AZURE_CLOUD", cloud);
        assertEquals(authority, settings.authority().toString());
        assertTrue(settings.isMicrosoft());
        assertFalse(of("AZURE_AUTHORITY_HOST", "https://login.example").isMicrosoft());
    }
}
