package io.scrip.gateway;

/**
 * One place for a credential. A key keeps its seat from the day it comes to the day it goes: to
 * move it would mean a moment with two credentials of one kid, upon which the ingress controller
 * drops the whole consumer, or a moment with none.
 *
 * @param name of the Secret
 */
public record Seat(String name, Held held) {}
