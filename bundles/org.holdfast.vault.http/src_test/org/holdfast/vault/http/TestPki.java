package org.holdfast.vault.http;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;

import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.eclipse.jdt.annotation.Nullable;

/** An authority for tests, with certificates good and bad. */
final class TestPki {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final KeyPair key;
    private final X500Name name;
    private final X509Certificate authority;

    TestPki(String name) {
        this(name, pair());
    }

    /** An authority with a key from before, so that what it has issued still counts. */
    TestPki(String name, KeyPair key) {
        this.key = key;
        this.name = new X500Name("CN=" + name);
        authority = issue(this.name, key, Instant.now().plus(Duration.ofDays(1)), true, null);
    }

    KeyPair key() {
        return key;
    }

    X509Certificate authority() {
        return authority;
    }

    TlsIdentity.Current node() {
        KeyPair pair = pair();
        X509Certificate node = issue(new X500Name("CN=node"), pair, Instant.now().plus(Duration.ofDays(1)), false,
                KeyPurposeId.id_kp_serverAuth);
        return new TlsIdentity.Current(pair.getPrivate(), List.of(node, authority), authority);
    }

    Client client(String id, Instant end) {
        KeyPair pair = pair();
        return new Client(pair, issue(new X500Name("CN=" + id), pair, end, false, KeyPurposeId.id_kp_clientAuth));
    }

    Client withNodePurpose(String id) {
        KeyPair pair = pair();
        return new Client(pair, issue(new X500Name("CN=" + id), pair, Instant.now().plus(Duration.ofDays(1)), false,
                KeyPurposeId.id_kp_serverAuth));
    }

    /** A context that believes this authority and shows the certificate, if there is one. */
    SSLContext context(@Nullable Client client) {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("ca", authority);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            KeyManager[] keys = new KeyManager[0];
            if (client != null) {
                KeyStore own = KeyStore.getInstance("PKCS12");
                own.load(null, null);
                own.setKeyEntry("own", client.key().getPrivate(), new char[0],
                        new X509Certificate[] { client.certificate() });
                KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                factory.init(own, new char[0]);
                keys = factory.getKeyManagers();
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust.getTrustManagers(), RANDOM);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private X509Certificate issue(X500Name subject, KeyPair pair, Instant end, boolean isAuthority,
            @Nullable KeyPurposeId purpose) {
        try {
            Instant begin = end.minus(Duration.ofDays(10));
            var builder = new JcaX509v3CertificateBuilder(name, new BigInteger(100, RANDOM), Date.from(begin),
                    Date.from(end), subject, pair.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
            if (purpose != null) {
                builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
                builder.addExtension(Extension.subjectAlternativeName, false,
                        new GeneralNames(new GeneralName[] { new GeneralName(GeneralName.dNSName, "localhost"),
                                new GeneralName(GeneralName.iPAddress,
                                        InetAddress.getLoopbackAddress().getHostAddress()) }));
            }
            return new JcaX509CertificateConverter().getCertificate(
                    builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate())));
        } catch (GeneralSecurityException | CertIOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    record Client(KeyPair key, X509Certificate certificate) {
    }
}
