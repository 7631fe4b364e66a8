package org.holdfast.azure.internal.arm;

import java.io.IOException;
import java.util.Base64;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Who a token is about. It is not verified: that is for those it is shown to, and here it only saves a question.
 *
 * @param id object id
 * @param person whether somebody signed in
 */
record Principal(String id, boolean person) {
    static Principal of(String token) {
        String[] parts = token.split("\\.");
        try {
            JsonNode claims = ArmClient.JSON.readTree(Base64.getUrlDecoder().decode(parts.length < 2 ? "" : parts[1]));
            String id = claims.path("oid").asText("");
            if (!id.isEmpty()) {
                return new Principal(id, claims.path("idtyp").asText("").equals("user") || claims.has("scp"));
            }
        } catch (IOException | IllegalArgumentException e) {
            throw unknown(e);
        }
        throw unknown(null);
    }

    private static HoldfastException unknown(Exception cause) {
        return new HoldfastException(Problem.INVALID_REQUEST, "The token of this program does not say whose it is.",
                "Give the object id of the vault server's identity with --identity.", cause);
    }
}
