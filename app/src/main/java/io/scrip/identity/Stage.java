package io.scrip.identity;

/**
 * Where the program runs. Everything that is handy and unsafe (a self-made root, H2, the stand-in
 * issuer) belongs to development, which has to be asked for; whatever is not development is
 * production.
 */
public enum Stage {
  DEVELOPMENT,
  PRODUCTION
}
