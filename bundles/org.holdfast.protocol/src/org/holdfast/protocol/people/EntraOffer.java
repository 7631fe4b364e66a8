package org.holdfast.protocol.people;

/**
 * What a program needs to get a token of Entra ID for a vault. The program is a public client of the same application,
 * so a token for anything else cannot be asked for by this: programs refuse a scope that is not that application's.
 *
 * @param authority where to sign in, such as {@code https://login.microsoftonline.com/}
 * @param tenant id of the tenant
 * @param clientId id of the application that stands for the vault
 * @param scope what to ask for: {@code CLIENT-ID/.default}
 */
public record EntraOffer(String authority, String tenant, String clientId, String scope) {
}
