package platform

import (
	"regexp"
	"testing"

	"faultbook/internal/status"
)

func TestCloudBases(t *testing.T) {
	tests := []struct {
		platform Platform
		url, api string
		want     string
	}{
		{awsHealth(), "https://health.aws.amazon.com/health/status", "", "https://health.aws.amazon.com"},
		{awsHealth(), "https://health.aws.amazon.com/health/status", "https://mirror.example/aws/", "https://mirror.example/aws"},
		{awsHealth(), "http://127.0.0.1:8080/health/status", "", "http://127.0.0.1:8080"},
		{azureRSS(), "https://azure.status.microsoft/en-us/status", "", "https://rssfeed.azure.status.microsoft"},
		{azureRSS(), "https://azure.status.microsoft", "https://mirror.example", "https://mirror.example"},
		{azureRSS(), "http://127.0.0.1:8080", "", "http://127.0.0.1:8080"},
		{googleCloud(), "https://status.cloud.google.com", "", "https://status.cloud.google.com"},
		{googleCloud(), "https://www.google.com/appsstatus/dashboard", "", "https://www.google.com/appsstatus/dashboard"},
	}
	for _, test := range tests {
		source := status.Source{Platform: test.platform.Name, URL: test.url, API: test.api}
		if got := test.platform.BaseOf(source); got != test.want {
			t.Errorf("%s: BaseOf(%q, API %q) = %q, want %q", test.platform.Name, test.url, test.api, got, test.want)
		}
	}
}

func TestGooglePathsAskForProductsOnlyWhereNeeded(t *testing.T) {
	all := googleCloud().Paths(status.Source{Filter: map[string]string{"location": "global", "product": " , "}})
	one := googleCloud().Paths(status.Source{Filter: map[string]string{"product": "abc"}})
	if len(all) != 1 || len(one) != 2 || !one[1].Optional {
		t.Errorf("paths %v without products, %v with one", all, one)
	}
}

func TestAWSRegion(t *testing.T) {
	tests := []struct{ arn, service, region, base string }{
		{"arn:aws:health:us-east-1::event/A/B/C", "bedrock-us-east-1", "us-east-1", "bedrock"},
		{"", "multipleservices-me-south-1", "me-south-1", "multipleservices"},
		{"", "acm-pca-us-gov-west-1", "us-gov-west-1", "acm-pca"},
		{"", "ec2-us-isob-east-1", "us-isob-east-1", "ec2"},
		{"", "ec2-eusc-de-east-1", "eusc-de-east-1", "ec2"},
		{"", "x-ai-tools-us-east-1", "us-east-1", "x-ai-tools"},
		{"arn:aws:health:us-east-1::event/A/B/C", "bedrock-us-west-2", "us-west-2", "bedrock"},
		{"arn:aws:health:global::event/A/B/C", "cloudfront", "global", "cloudfront"},
		{"arn:aws:health:eu-west-1::event/A/B/C", "aps", "eu-west-1", "aps"},
		{"arn:aws:health:::event/A/B/C", "iam", "", "iam"},
		{"", "management-console", "", "management-console"},
	}
	for _, test := range tests {
		e := awsEvent{ARN: text(test.arn), Service: text(test.service)}
		if e.region() != test.region || e.service() != test.base {
			t.Errorf("%q of %q is %q in %q, want %q in %q", test.service, test.arn, e.service(), e.region(), test.base, test.region)
		}
	}
}

func TestFilterForms(t *testing.T) {
	tests := []struct {
		name    string
		form    *regexp.Regexp
		yes, no []string
	}{
		{"google", googlePlace, []string{"global", "us", "eur4", "us-central1", "northamerica-northeast1", "us-central1-a"}, []string{"", "us-central-1", "Iowa", "us central1"}},
		{"aws", awsRegion, []string{"global", "us-east-1", "us-gov-west-1", "ap-southeast-7", "eusc-de-east-1"}, []string{"", "us-east1", "N. Virginia"}},
		{"azure", azureRegion, []string{"West US 2", "US Gov Virginia", "UK South", "Southeast Asia", "Australia Central", "Public Non-Regional", "Jio India West"},
			[]string{"Azure OpenAI Service", "Azure IoT Central", "Network Infrastructure", "Cross-region Load Balancer (Global)", "Azure Kubernetes Service (AKS)"}},
	}
	for _, test := range tests {
		for _, place := range test.yes {
			if !test.form.MatchString(place) {
				t.Errorf("%s: %q is not taken for a place", test.name, place)
			}
		}
		for _, place := range test.no {
			if test.form.MatchString(place) {
				t.Errorf("%s: %q is taken for a place", test.name, place)
			}
		}
	}
}
