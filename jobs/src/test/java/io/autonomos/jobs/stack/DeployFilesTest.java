package io.autonomos.jobs.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class DeployFilesTest {

    private static final Path DEPLOY = Path.of("..", "deploy");

    @Test
    void theFlinkSettingsAreFilledInForAWorkDirectoryWithOddCharacters(@TempDir Path directory) {
        WorkDir workDir = WorkDir.create(directory.resolve("a \"b\" #c"));

        Configuration flink = FlinkSettings.write(workDir, new StackPorts(1, 2, 3, 4), 5);

        assertThat(flink.toMap().values()).noneMatch(value -> value.contains("${"));
        assertThat(flink.get(RestOptions.PORT)).isEqualTo(3);
        assertThat(flink.get(CoreOptions.TMP_DIRS))
                .isEqualTo(workDir.root().resolve("flink/tmp").toString());
        assertThat(flink.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY))
                .isEqualTo("file://" + workDir.root().resolve("flink/checkpoints"));
        assertThat(flink.get(CoreOptions.ALWAYS_PARENT_FIRST_LOADER_PATTERNS_ADDITIONAL))
                .containsExactly("org.duckdb");
    }

    @Test
    void theSettingsForOtherClustersNameNoPlaceOrAddress() {
        Configuration portable = FlinkSettings.portable();

        assertThat(portable.get(PipelineOptions.GENERIC_TYPES)).isFalse();
        assertThat(portable.get(CheckpointingOptions.CHECKPOINTING_INTERVAL)).hasSeconds(1);
        assertThat(portable.toMap().values()).noneMatch(value -> value.contains("${"));
        assertThat(portable.keySet())
                .noneMatch(key -> key.contains("dir") || key.contains("address"));
    }

    @Test
    void theManifestRunsTheJarThatTheImageHolds() throws Exception {
        Map<?, ?> spec = (Map<?, ?>) manifest().get("spec");
        Map<?, ?> job = (Map<?, ?>) spec.get("job");
        String image = Files.readString(DEPLOY.resolve("kubernetes/Dockerfile"));

        String jar = job.get("jarURI").toString();
        assertThat(jar).startsWith("local://");
        assertThat(image).contains(" " + jar.substring("local://".length()) + "\n");
        assertThat(
                        ((Map<?, ?>) spec.get("flinkConfiguration"))
                                .get("classloader.parent-first-patterns.additional"))
                .isEqualTo("org.duckdb");
        assertThat((List<?>) job.get("args"))
                .allMatch(argument -> argument.toString().matches("-D[a-z.-]+=.+"));
    }

    private static Map<?, ?> manifest() throws Exception {
        try (InputStream in =
                Files.newInputStream(DEPLOY.resolve("kubernetes/flink-deployment.yaml"))) {
            return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromInputStream(in);
        }
    }
}
