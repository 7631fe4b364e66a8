package org.holdfast.vault.http.internal.system;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.vault.http.TlsIdentity;
import org.holdfast.vault.pki.Pki;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The identity that the vault's own authority gives the node. */
@Component(service = TlsIdentity.class)
public final class PkiIdentity implements TlsIdentity {
    private static final char[] NO_PASSWORD = new char[0];

    private final Pki pki;
    private volatile @Nullable Current known;

    /** Takes it from there. */
    @Activate
    public PkiIdentity(@Reference Pki pki) {
        this.pki = pki;
    }

    @Override
    public Current current() {
        Current last = known;
        if (last == null || !last.chain().getFirst().equals(pki.serverCertificate())) {
            last = read();
            known = last;
        }
        return last;
    }

    private Current read() {
        try {
            KeyStore store = pki.serverKeyStore();
            String alias = store.aliases().nextElement();
            List<X509Certificate> chain = Arrays.stream(store.getCertificateChain(alias))
                    .map(X509Certificate.class::cast).toList();
            return new Current((PrivateKey) store.getKey(alias, NO_PASSWORD), chain, pki.authority());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the node has no key", e);
        }
    }
}
