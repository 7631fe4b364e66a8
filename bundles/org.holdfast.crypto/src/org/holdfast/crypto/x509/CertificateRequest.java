package org.holdfast.crypto.x509;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/**
 * A certificate request (PKCS#10, RFC 2986). Only the public key in it counts: the authority decides about names and
 * everything else.
 *
 * @param publicKey the key, whose owner has signed the request
 */
public record CertificateRequest(ECPublicKey publicKey) {

    private static final int MAX_LENGTH = 8192;

    /**
     * A request of a new key.
     *
     * @param commonName a name for people; the authority writes its own
     * @return PEM
     */
    public static String create(KeyPair keys, String commonName) {
        try {
            X500Name name = new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, commonName).build();
            ContentSigner signer = new JcaContentSignerBuilder(EcKeys.SIGNATURE).build(keys.getPrivate());
            return Pem.ofRequest(
                    new JcaPKCS10CertificationRequestBuilder(name, keys.getPublic()).build(signer).getEncoded());
        } catch (OperatorCreationException | IOException e) {
            throw new IllegalStateException("cannot make a certificate request", e);
        }
    }

    /**
     * Reads a request and checks that the owner of the key has signed it.
     *
     * @param pem from a stranger
     * @throws GeneralSecurityException when it is malformed, not signed by its key, or the key is not on P-256 or P-384
     */
    public static CertificateRequest read(String pem) throws GeneralSecurityException {
        if (pem.length() > MAX_LENGTH) {
            throw new GeneralSecurityException("the certificate request is too long");
        }
        try {
            JcaPKCS10CertificationRequest request = new JcaPKCS10CertificationRequest(Pem.request(pem));
            PublicKey key = request.getPublicKey();
            if (!(key instanceof ECPublicKey ec)) {
                throw new GeneralSecurityException("the key of the certificate request is not on an elliptic curve");
            }
            int bits = ec.getParams().getCurve().getField().getFieldSize();
            if (bits != 256 && bits != 384) {
                throw new GeneralSecurityException("the key of the certificate request is on a curve of " + bits
                        + " bits; P-256 and P-384 are accepted");
            }
            if (!request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
                throw new GeneralSecurityException("the certificate request is not signed by its key");
            }
            return new CertificateRequest(ec);
        } catch (IOException | OperatorCreationException | PKCSException | RuntimeException e) {
            throw new GeneralSecurityException("the certificate request is malformed", e);
        }
    }
}
