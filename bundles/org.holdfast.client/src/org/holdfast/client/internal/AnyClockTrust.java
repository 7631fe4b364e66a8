package org.holdfast.client.internal;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import javax.net.ssl.X509ExtendedTrustManager;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Believes an authority as usual, and also when nothing but the time speaks against a certificate: then it is judged as
 * of the day on which it was issued, and must be one of a server and for the host that is called (RFC 9525, section 6).
 */
final class AnyClockTrust extends ServerTrust {
    private static final String SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    private final X509ExtendedTrustManager usual;
    private final Set<TrustAnchor> anchors = new HashSet<>();

    /** @param usual the platform's own, for the same authorities */
    AnyClockTrust(X509ExtendedTrustManager usual, List<X509Certificate> authorities) {
        this.usual = usual;
        authorities.forEach(a -> anchors.add(new TrustAnchor(a, null)));
    }

    @Override
    protected void check(X509Certificate[] chain, String type, Connection connection) throws CertificateException {
        try {
            connection.ask(usual, chain, type);
        } catch (CertificateException e) {
            again(e, chain, connection.host());
        }
    }

    private void again(CertificateException first, X509Certificate[] chain, @Nullable String host)
            throws CertificateException {
        if (!isAboutTime(first) || host == null) {
            throw first;
        }
        try {
            List<X509Certificate> path = new ArrayList<>(List.of(chain));
            path.removeIf(c -> anchors.stream().anyMatch(a -> a.getTrustedCert().equals(c)));
            var parameters = new PKIXParameters(anchors);
            parameters.setRevocationEnabled(false);
            // A second after it was issued: its authority existed by then.
            parameters.setDate(new Date(chain[0].getNotBefore().getTime() + 1000));
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
            List<String> uses = chain[0].getExtendedKeyUsage();
            if (path.isEmpty() || uses == null || !uses.contains(SERVER_AUTHENTICATION)
                    || !isFor(chain[0], host)) {
                throw first;
            }
        } catch (GeneralSecurityException e) {
            first.addSuppressed(e);
            throw first;
        }
    }

    private static boolean isAboutTime(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof CertificateExpiredException || t instanceof CertificateNotYetValidException) {
                return true;
            }
        }
        return false;
    }

    private static boolean isFor(X509Certificate certificate, String host) throws CertificateException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        if (names == null) {
            return false;
        }
        String wanted = host.toLowerCase(Locale.ROOT);
        boolean address = wanted.indexOf(':') >= 0 || wanted.matches("[0-9.]+");
        for (List<?> name : names) {
            int kind = (Integer) name.get(0);
            String value = String.valueOf(name.get(1)).toLowerCase(Locale.ROOT);
            if (address ? kind == IP_ADDRESS && sameAddress(value, wanted)
                    : kind == DNS_NAME && (value.equals(wanted) || value.startsWith("*.")
                            && wanted.indexOf('.') > 0 && wanted.substring(wanted.indexOf('.')).equals(
                                    value.substring(1)))) {
                return true;
            }
        }
        return false;
    }

    /** Both are addresses as text, so no name server is asked. */
    private static boolean sameAddress(String a, String b) {
        try {
            return InetAddress.getByName(a).equals(InetAddress.getByName(b.replaceAll("[\\[\\]]", "")));
        } catch (UnknownHostException e) {
            return false;
        }
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return usual.getAcceptedIssuers();
    }
}
