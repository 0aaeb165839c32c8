from pathlib import Path

import pytest
from pydantic import ValidationError

from assistant.settings import Settings, load_settings, project_root
from ingest.errors import SettingsError
from ingest.server import Server


def test_an_unknown_setting_is_refused_with_what_was_meant(clean_environment: pytest.MonkeyPatch) -> None:
    clean_environment.setenv("WIJZER_DOCUMENT", "/tmp")
    with pytest.raises(SettingsError, match="Unknown setting WIJZER_DOCUMENT") as error:
        load_settings()
    assert "WIJZER_DOCUMENTS" in error.value.help


def test_without_a_likeness_the_known_settings_are_listed(clean_environment: pytest.MonkeyPatch) -> None:
    clean_environment.setenv("WIJZER_QQQQQQQQQQ", "1")
    with pytest.raises(SettingsError) as error:
        load_settings()
    assert "WIJZER_PORT" in error.value.help and "WIJZER_CORPUS" in error.value.help


def test_an_impossible_value_names_its_setting(clean_environment: pytest.MonkeyPatch) -> None:
    clean_environment.setenv("WIJZER_PORT", "many")
    with pytest.raises(SettingsError, match="WIJZER_PORT"):
        load_settings()


def test_the_environment_is_read_and_an_override_wins(clean_environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    clean_environment.setenv("WIJZER_PORT", "8123")
    clean_environment.setenv("WIJZER_DOCUMENTS", str(tmp_path))
    assert load_settings().port == 8123
    assert load_settings().document_folders == [tmp_path]
    assert load_settings(port=9000).port == 9000
    assert load_settings(port=None).port == 8123


def test_defaults_need_no_language_model_and_listen_to_this_machine_only(clean_environment: pytest.MonkeyPatch) -> None:
    settings = load_settings()
    assert settings.model is None and settings.host == "127.0.0.1"
    assert settings.corpus == project_root() / "corpus" and settings.corpus.is_dir()
    assert settings.document_folders == [settings.corpus / "documents"]


def test_settings_cannot_be_changed_afterwards() -> None:
    with pytest.raises(ValidationError):
        Settings().port = 1  # type: ignore[misc]


def test_the_key_of_a_model_is_never_printed(clean_environment: pytest.MonkeyPatch) -> None:
    clean_environment.setenv("WIJZER_MODEL_KEY", "sleutel-123")
    settings = load_settings()
    assert "sleutel-123" not in repr(settings) + settings.model_dump_json()
    assert settings.model_key and settings.model_key.get_secret_value() == "sleutel-123"


def test_the_adapter_is_only_used_with_the_model_it_was_made_for() -> None:
    assert Settings().used_adapter == Settings().corpus / "adapter.npz"
    assert Settings(embedding_model="another/model").used_adapter is None


def test_a_chroma_server_is_taken_from_the_settings(clean_environment: pytest.MonkeyPatch) -> None:
    assert load_settings().chroma is None
    clean_environment.setenv("WIJZER_CHROMA_URL", "https://chroma.example.org")
    assert load_settings().chroma == Server("https://chroma.example.org")
    for name in ("key", "tenant", "database"):
        clean_environment.setenv(f"WIJZER_CHROMA_{name.upper()}", f"my {name}")
    assert load_settings().chroma == Server("https://chroma.example.org", "my key", "my tenant", "my database")
    assert "my key" not in repr(load_settings())


@pytest.mark.parametrize("url", ["localhost:8001", "ftp://x", "http://", "http://x/path"])
def test_an_address_that_is_none_is_refused(clean_environment: pytest.MonkeyPatch, url: str) -> None:
    clean_environment.setenv("WIJZER_CHROMA_URL", url)
    with pytest.raises(SettingsError, match="WIJZER_CHROMA_URL") as error:
        load_settings()
    assert "http://localhost:8001" in str(error.value)
