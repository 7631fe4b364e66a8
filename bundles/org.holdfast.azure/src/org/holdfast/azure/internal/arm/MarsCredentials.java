package org.holdfast.azure.internal.arm;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.crypto.engines.DESedeEngine;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS12PfxPduBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.bc.BcPKCS12MacCalculatorBuilder;
import org.bouncycastle.pkcs.bc.BcPKCS12PBEOutputEncryptorBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS12SafeBagBuilder;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.azure.AzureWatch;
import org.holdfast.api.azure.RecoveryCredentials;
import org.holdfast.api.azure.RecoveryVaultId;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Credentials files for Microsoft's agent: a key of our own, whose certificate Azure is told, with what Azure answers
 * and the key in an XML file. The form of the file is that of {@code Get-AzRecoveryServicesVaultSettingsFile}
 * (https://github.com/Azure/azure-powershell).
 */
public final class MarsCredentials {
    private static final Duration VALID = Duration.ofDays(10);
    private static final Duration EARLIER = Duration.ofMinutes(10);
    private static final int BITS = 2048;
    private static final String NAMESPACE =
            "http://schemas.datacontract.org/2004/07/Microsoft.Azure.Portal.RecoveryServices.Models.Common";
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("M-d-uuuu", Locale.US)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter FILE = DateTimeFormatter.ofPattern("EEE MMM dd uuuu", Locale.US)
            .withZone(ZoneOffset.UTC);
    /** Where the agent sends people for help; the agent wants the field. */
    private static final String LINKS = "WABUpdateKBLink,http://go.microsoft.com/fwlink/p/?LinkId=229525;"
            + "StorageQuotaPurchaseLink,http://go.microsoft.com/fwlink/?LinkId=205490;"
            + "WebPortalLink,http://go.microsoft.com/fwlink/?LinkId=817353;"
            + "WABprivacyStatement,http://go.microsoft.com/fwlink/?LinkId=221308";

    private final ArmClient arm;

    /** Asks nothing yet. */
    public MarsCredentials(ArmClient arm) {
        this.arm = arm;
    }

    /** Makes a new file. */
    public RecoveryCredentials make(RecoveryVaultId vault) {
        Instant now = arm.clock().instant();
        String region = Bodies.text(arm.get(vault.path(), Versions.RECOVERY), "location");
        KeyPair keys;
        X509Certificate certificate;
        byte[] pfx;
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            keys = generator.generateKeyPair();
            certificate = certificate(keys, now);
            pfx = pfx(keys, certificate);
        } catch (GeneralSecurityException | OperatorCreationException | IOException | PKCSException e) {
            throw new HoldfastException(Problem.INTERNAL, "A certificate cannot be made: " + e.getMessage(), "", e);
        }
        String name = vault.name() + vault.subscription() + "-" + DAY.format(now) + "-vaultcredentials";
        ObjectNode body = Bodies.object();
        body.putObject("properties").put("authType", "AAD").put("certificate", encoded(certificate));
        JsonNode answer = arm.put(vault.path() + "/certificates/" + name, Versions.RECOVERY, body, AzureWatch.none());
        String xml = xml(vault, region, Base64.getEncoder().encodeToString(pfx), answer.path("properties"));
        return new RecoveryCredentials(vault.name() + "_" + FILE.format(now) + ".VaultCredentials",
                xml.getBytes(StandardCharsets.UTF_8), now.plus(VALID));
    }

    private static String encoded(X509Certificate certificate) {
        try {
            return Base64.getEncoder().encodeToString(certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static X509Certificate certificate(KeyPair keys, Instant now)
            throws GeneralSecurityException, OperatorCreationException {
        var subject = new X500Name("CN=Windows Azure Tools");
        var builder = new JcaX509v3CertificateBuilder(subject, BigInteger.valueOf(now.toEpochMilli()),
                Date.from(now.minus(EARLIER)), Date.from(now.plus(VALID)), subject, keys.getPublic());
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate())));
    }

    /** PKCS #12 without a password, in the one form that Windows of all the agent's versions reads (RFC 7292). */
    private static byte[] pfx(KeyPair keys, X509Certificate certificate)
            throws IOException, PKCSException, GeneralSecurityException {
        char[] none = {};
        var keyId = new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic());
        var key = new JcaPKCS12SafeBagBuilder(keys.getPrivate(), new BcPKCS12PBEOutputEncryptorBuilder(
                PKCSObjectIdentifiers.pbeWithSHAAnd3_KeyTripleDES_CBC, CBCBlockCipher.newInstance(new DESedeEngine()))
                .build(none));
        key.addBagAttribute(PKCSObjectIdentifiers.pkcs_9_at_localKeyId, keyId);
        var shown = new JcaPKCS12SafeBagBuilder(certificate);
        shown.addBagAttribute(PKCSObjectIdentifiers.pkcs_9_at_localKeyId, keyId);
        return new PKCS12PfxPduBuilder().addData(key.build()).addData(shown.build())
                .build(new BcPKCS12MacCalculatorBuilder(), none).getEncoded();
    }

    private static String xml(RecoveryVaultId vault, String region, String pfx, JsonNode answer) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("Version", "2.0");
        fields.put("SubscriptionId", vault.subscription());
        fields.put("ResourceType", "Vaults");
        fields.put("ResourceName", vault.name());
        fields.put("ManagementCert", pfx);
        fields.put("ResourceId", answer.path("resourceId").asText());
        fields.put("ResourceGroup", vault.group());
        fields.put("Location", region);
        fields.put("ProviderNamespace", "Microsoft.RecoveryServices");
        fields.put("AadAuthority", answer.path("aadAuthority").asText());
        fields.put("AadTenantId", answer.path("aadTenantId").asText());
        fields.put("ServicePrincipalClientId", answer.path("servicePrincipalClientId").asText());
        fields.put("IdMgmtRestEndpoint", answer.path("azureManagementEndpointAudience").asText());
        fields.put("AgentLinks", LINKS);
        var text = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<RSBackupVaultAADCreds")
                .append(" xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns=\"").append(NAMESPACE)
                .append("\">\n");
        fields.forEach((name, value) -> text.append("  <").append(name).append('>').append(escaped(value))
                .append("</").append(name).append(">\n"));
        return text.append("</RSBackupVaultAADCreds>\n").toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
