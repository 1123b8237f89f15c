package io.omsbatch.testkit.arbitraries;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.domains.DomainContextBase;
import net.jqwik.api.providers.ArbitraryProvider;
import net.jqwik.api.providers.TypeUsage;
import org.jspecify.annotations.Nullable;

/**
 * Lets hosts write {@code @ForAll MigrationTask task}, with {@code @Domain(OmsDomain.class)} on the property or its class. It has
 * values for every record, sealed type and enum of the api, and for {@code FaultScript}; and for nothing else, so that whoever also wants lists of
 * them, numbers or texts adds {@code @Domain(DomainContext.Global.class)}.
 *
 * @since 0.1.0
 */
public final class OmsDomain extends DomainContextBase {

    private static final Offers OFFERS = new Offers();

    /** Creates the domain; jqwik does. */
    public OmsDomain() {}

    /** Returns the one provider of all values. */
    @Override
    public Collection<ArbitraryProvider> getArbitraryProviders() {
        return List.of(new ArbitraryProvider() {
            @Override
            public boolean canProvideFor(TypeUsage wanted) {
                return OFFERS.of(wanted.getRawType()) != null;
            }

            @Override
            public Set<Arbitrary<?>> provideFor(TypeUsage wanted, SubtypeProvider parts) {
                Arbitrary<?> offer = OFFERS.of(wanted.getRawType());
                return offer == null ? Set.of() : Set.of(offer);
            }
        });
    }

    /** Returns values of a type, or null. */
    static @Nullable Arbitrary<?> valuesOf(Class<?> type) {
        return OFFERS.of(type);
    }
}
