package io.scrip.auth;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates of a private authority, as a cluster mounts them: PEM, one or more. */
final class CaFile {
  private CaFile() {}

  /** Trusts these authorities and no others. */
  static SSLContext trust(Path file) throws IOException {
    try (InputStream pem = Files.newInputStream(file)) {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(anchors(pem));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("the CA file holds no readable certificates", e);
    }
  }

  private static KeyStore anchors(InputStream pem) throws GeneralSecurityException, IOException {
    KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
    anchors.load(null, null);
    for (Certificate certificate :
        CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
      anchors.setCertificateEntry("ca-" + anchors.size(), certificate);
    }
    return anchors;
  }
}
