package io.autonomos;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass.Predicates;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.domain.properties.HasOwner;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import org.apache.flink.api.common.functions.RichFunction;
import org.apache.flink.api.common.state.State;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.operators.StreamOperator;

/** What depends on what, and what stages may not do. */
@AnalyzeClasses(packages = "io.autonomos", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    /** Grows with each stage; a package that is missing here is not watched. */
    private static final String[] STAGES = {
        "io.autonomos.operators.canonicalize..",
        "io.autonomos.operators.drift..",
        "io.autonomos.operators.graph..",
        "io.autonomos.operators.materialize..",
        "io.autonomos.operators.repair..",
        "io.autonomos.operators.review.."
    };

    @ArchTest
    static final ArchRule modulesPointOneWay =
            layeredArchitecture()
                    .consideringOnlyDependenciesInLayers()
                    .layer("schemas")
                    .definedBy("io.autonomos.schemas..")
                    .layer("mappings")
                    .definedBy("io.autonomos.mappings..")
                    .layer("operators")
                    .definedBy("io.autonomos.operators..")
                    .layer("jobs")
                    .definedBy("io.autonomos.jobs..")
                    .whereLayer("jobs")
                    .mayNotBeAccessedByAnyLayer()
                    .whereLayer("operators")
                    .mayOnlyBeAccessedByLayers("jobs")
                    .whereLayer("mappings")
                    .mayOnlyBeAccessedByLayers("operators", "jobs")
                    .because("data and rules are reused by every stage; only jobs wires stages.");

    @ArchTest
    static final ArchRule stagesDoNotKnowEachOther =
            slices().matching("io.autonomos.operators.(*)..")
                    .should()
                    .notDependOnEachOther()
                    .because("stages meet only through records in schemas. Move the type there.");

    @ArchTest
    static final ArchRule stagesDoNotKnowClients =
            noClasses()
                    .that()
                    .resideInAnyPackage(STAGES)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.apache.kafka..",
                            "org.apache.flink.connector..",
                            "java.sql..",
                            "java.net.http..",
                            "org.duckdb..")
                    .because("input and output belong in operators.source and operators.sink.");

    @ArchTest
    static final ArchRule commandsPointOneWay =
            slices().matching("io.autonomos.jobs.cli.(*)..")
                    .should()
                    .beFreeOfCycles()
                    .because("a group of commands reads alone. What two share belongs in common.");

    @ArchTest
    static final ArchRule rulesAreFlinkFree =
            noClasses()
                    .that()
                    .resideInAPackage("io.autonomos.mappings..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.apache.flink..")
                    .because("mapping logic must be testable without a harness.");

    @ArchTest
    static final ArchRule onlyJobsShapesTheGraph =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.autonomos.jobs..")
                    .should()
                    .callMethodWhere(
                            JavaCall.Predicates.target(HasName.Predicates.name("keyBy"))
                                    .and(
                                            JavaCall.Predicates.target(
                                                    HasOwner.Predicates.With.owner(
                                                            Predicates.assignableTo(
                                                                    DataStream.class)))))
                    .because("keying decides tenant isolation; it is done once, in Topology.");

    @ArchTest
    static final ArchRule stateHandlesAreTransient =
            fields().that()
                    .haveRawType(Predicates.assignableTo(State.class))
                    .should()
                    .bePrivate()
                    .andShould()
                    .haveModifier(JavaModifier.TRANSIENT);

    @ArchTest
    static final ArchRule operatorsAreFinal =
            classes()
                    .that()
                    .areAssignableTo(RichFunction.class)
                    .or()
                    .areAssignableTo(StreamOperator.class)
                    .should()
                    .haveModifier(JavaModifier.FINAL)
                    .because("behaviour comes by composition, not by inheritance.");

    @ArchTest
    static final ArchRule optionsLiveInOptionsClasses =
            fields().that()
                    .haveRawType(ConfigOption.class)
                    .and()
                    .areStatic()
                    .should()
                    .beDeclaredInClassesThat()
                    .haveSimpleNameEndingWith("Options")
                    .because("there is one place to document.");

    @ArchTest
    static final ArchRule stagesTakeTimeFromTheTimerService =
            noClasses()
                    .that()
                    .resideInAnyPackage(STAGES)
                    .should()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(Instant.class, "now")
                    .because("a harness must be able to set the clock.");
}
