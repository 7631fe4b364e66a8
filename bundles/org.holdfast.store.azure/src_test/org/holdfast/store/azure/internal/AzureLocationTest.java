package org.holdfast.store.azure.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AzureLocationTest {
    @ParameterizedTest
    @CsvSource({ "azure://acct.blob.core.windows.net/vault,https://acct.blob.core.windows.net,acct,vault,''",
            "azure://acct.blob.core.windows.net/vault/,https://acct.blob.core.windows.net,acct,vault,''",
            "https://acct.blob.core.windows.net/vault/a/b,https://acct.blob.core.windows.net,acct,vault,a/b/",
            "azure://acct.blob.core.chinacloudapi.cn/v-1/x,https://acct.blob.core.chinacloudapi.cn,acct,v-1,x/",
            "azure://127.0.0.1:10000/dev/vault/x,https://127.0.0.1:10000/dev,dev,vault,x/",
            "azure+http://127.0.0.1:10000/dev/vault,http://127.0.0.1:10000/dev,dev,vault,''",
            "azure+http://localhost:10000/dev/vault,http://localhost:10000/dev,dev,vault,''" })
    void isRead(String text, String endpoint, String account, String container, String prefix) {
        assertTrue(AzureLocation.isMeant(text));
        AzureLocation location = AzureLocation.parse(text);
        assertEquals(endpoint, location.endpoint().toString());
        assertEquals(account, location.account());
        assertEquals(container, location.container());
        assertEquals(prefix, location.prefix());
        assertEquals(text, location.text());
    }

    @ParameterizedTest
    @ValueSource(strings = { "azure://", "azure://acct.blob.core.windows.net", "azure://acct.blob.core.windows.net/",
            "azure://acct.blob.core.windows.net/Vault", "azure://acct.blob.core.windows.net/a",
            "azure://acct.blob.core.windows.net/vault/../x", "azure://acct.blob.core.windows.net/vault/a//b",
            "azure://acct.blob.core.windows.net/vault/.x", "azure://acct.blob.core.windows.net/vault/a?b",
            "azure+http://acct.blob.core.windows.net/vault", "azure://127.0.0.1:10000/dev",
            "azure://.blob.core.windows.net/vault" })
    void orRefusedWithASentence(String text) {
        var e = assertThrows(IllegalArgumentException.class, () -> AzureLocation.parse(text));
        assertTrue(String.valueOf(e.getMessage()).endsWith("."), e::getMessage);
    }

    @Test
    void othersAreNotMeant() {
        for (String text : new String[] { "/srv/vault", "vault", "file:///srv", "vault://host/v/s", "C:\\vault",
                "https://vault.example/blob.x", "https://example.org/" }) {
            assertFalse(AzureLocation.isMeant(text), text);
        }
    }

    @Test
    void whatIsHereIsKnown() {
        assertTrue(AzureLocation.parse("azure://127.0.0.1:1/a/vault").isHere());
        assertFalse(AzureLocation.parse("azure://10.0.0.4/acct/vault").isHere());
        assertFalse(AzureLocation.parse("azure://acct.blob.core.windows.net/vault").isHere());
    }

    @ParameterizedTest
    @CsvSource({ "Standard_LRS,LRS", "Standard_RAGRS,RA-GRS", "Standard_GZRS,GZRS", "Premium_ZRS,ZRS" })
    void redundancyIsSaidInWords(String sku, String begin) {
        assertTrue(PlaceCheck.redundancy(sku).startsWith(begin + ": "), PlaceCheck.redundancy(sku));
    }
}
