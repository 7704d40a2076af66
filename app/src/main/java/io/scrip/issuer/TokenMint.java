package io.scrip.issuer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;

/**
 * Makes access tokens with the claims that Auth0 gives to a machine, in its own token profile (not
 * RFC 9068's).
 */
@Singleton
@InDevelopment
final class TokenMint {
  private final StandInConfig config;
  private final SigningKey key;
  private final InstantSource clock;

  TokenMint(StandInConfig config, SigningKey key, InstantSource clock) {
    this.config = config;
    this.key = key;
    this.clock = clock;
  }

  /**
   * @param scopes what the token allows; without any, that claim is left out
   */
  String mint(ClientConfig client, List<String> scopes) {
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .type(JOSEObjectType.JWT)
            .keyID(key.key().getKeyID())
            .build();
    SignedJWT token = new SignedJWT(header, claims(client, scopes));
    try {
      token.sign(new RSASSASigner(key.key()));
    } catch (JOSEException e) {
      throw new IllegalStateException("the stand-in's key does not sign", e);
    }
    return token.serialize();
  }

  private JWTClaimsSet claims(ClientConfig client, List<String> scopes) {
    Instant now = clock.instant();
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(config.issuer())
            .subject(client.id() + "@clients")
            .audience(config.audience())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(client.expiresIn())))
            .claim("azp", client.id())
            .claim("gty", "client-credentials");
    if (!scopes.isEmpty()) {
      claims.claim("scope", String.join(" ", scopes));
    }
    if (client.permissionsClaim()) {
      claims.claim("permissions", scopes);
    }
    client.orgId().ifPresent(orgId -> claims.claim("org_id", orgId));
    return claims.build();
  }
}
