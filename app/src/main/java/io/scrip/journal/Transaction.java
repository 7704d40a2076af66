package io.scrip.journal;

/**
 * The database transaction of one group. Only the store looks inside; it ends with the group and
 * must not be kept.
 */
public interface Transaction {}
